-- name: surveys()
SELECT surveys.*, v.title, v.languages, v.unreviewed, v.questions
FROM surveys JOIN survey_versions v ON v.survey_id = surveys.id AND v.number = surveys.version
ORDER BY surveys.id;

-- name: survey(survey_id)^
SELECT surveys.*, v.title, v.languages, v.unreviewed, v.questions
FROM surveys JOIN survey_versions v ON v.survey_id = surveys.id AND v.number = surveys.version
WHERE surveys.id = :survey_id;

-- name: survey_named(name)^
SELECT surveys.*, v.title, v.languages, v.unreviewed, v.questions, v.digest
FROM surveys JOIN survey_versions v ON v.survey_id = surveys.id AND v.number = surveys.version
WHERE surveys.name = :name;

-- name: open_survey(name, audience, opens_at, closes_at)$
INSERT INTO surveys (name, audience, version, opens_at, closes_at)
VALUES (:name, :audience, 1, :opens_at, :closes_at)
ON CONFLICT (name) DO UPDATE
SET audience = excluded.audience, version = surveys.version + 1, closes_at = excluded.closes_at
RETURNING id;

-- name: version_of(survey_id)$
SELECT version FROM surveys WHERE id = :survey_id;

-- name: reopen(survey_id, audience, closes_at)!
UPDATE surveys SET audience = :audience, closes_at = :closes_at WHERE id = :survey_id;

-- name: close(survey_id, now)!
UPDATE surveys SET closes_at = :now
WHERE id = :survey_id AND (closes_at IS NULL OR closes_at > :now);

-- name: note_change(survey_id, changed_by, now)!
UPDATE surveys SET changed_by = :changed_by, changed_at = :now WHERE id = :survey_id;

-- name: keep_titles(survey_id, titles)!
UPDATE surveys SET titles = :titles WHERE id = :survey_id;

-- name: changed_by(person_id)
SELECT name FROM surveys WHERE changed_by = :person_id ORDER BY id;

-- name: forget_changes(person_id)!
UPDATE surveys SET changed_by = NULL WHERE changed_by = :person_id;

-- name: add_version(survey_id, number, title, languages, unreviewed, questions, xform, lists, digest)!
INSERT INTO survey_versions
  (survey_id, number, title, languages, unreviewed, questions, xform, lists, digest)
VALUES (:survey_id, :number, :title, :languages, :unreviewed, :questions, :xform, :lists, :digest);

-- name: source(survey_id, number)^
SELECT xform, lists FROM survey_versions WHERE survey_id = :survey_id AND number = :number;

-- name: add_response(key, survey_id, version, record)!
INSERT INTO responses (key, survey_id, version, record)
VALUES (:key, :survey_id, :version, :record);

-- name: stir_responses()!
-- Nothing: on SQLite they stand in the order of their keys, and know no transaction.
SELECT 1 WHERE 1 = 0;

-- name: responses(survey_id)
SELECT version, record FROM responses WHERE survey_id = :survey_id ORDER BY key;

-- name: count_responses(survey_id)$
SELECT count(*) FROM responses WHERE survey_id = :survey_id;

-- name: waiting(after, before)
-- How many people left each survey in the middle in a span of time, and want to hear of it: who
-- was told once is not told again.
SELECT interviews.form, count(*) AS people
FROM interviews JOIN people ON people.id = interviews.person_id
WHERE substr(interviews.form, 1, 7) = 'survey:' AND interviews.sealed <> ''
  AND interviews.updated_at > :after AND interviews.updated_at <= :before
  AND people.stopped_at IS NULL
  AND NOT EXISTS (
    SELECT 1 FROM deliveries JOIN mailings ON mailings.id = deliveries.mailing_id
    WHERE deliveries.person_id = interviews.person_id AND mailings.kind = 'nudge'
      AND mailings.subject = CAST(substr(interviews.form, 8) AS bigint)
  )
GROUP BY interviews.form;

-- name: nudge(mailing_id, form, after, before)!
-- Owes it to the people whom `waiting` counts.
INSERT INTO deliveries (mailing_id, person_id, lane, state, due_at, not_after)
SELECT mailings.id, interviews.person_id, mailings.lane, 'due', mailings.due_at, mailings.not_after
FROM mailings
JOIN interviews ON interviews.form = :form
JOIN people ON people.id = interviews.person_id
WHERE mailings.id = :mailing_id AND interviews.sealed <> ''
  AND interviews.updated_at > :after AND interviews.updated_at <= :before
  AND people.stopped_at IS NULL
  AND NOT EXISTS (
    SELECT 1 FROM deliveries JOIN mailings AS earlier ON earlier.id = deliveries.mailing_id
    WHERE deliveries.person_id = interviews.person_id AND earlier.kind = 'nudge'
      AND earlier.subject = mailings.subject
  )
ON CONFLICT DO NOTHING;

-- name: left_since(form, people, before)
-- Which of these people still have not gone on.
SELECT person_id FROM interviews
WHERE form = :form AND sealed <> '' AND updated_at <= :before
  AND person_id IN (SELECT value FROM json_each(:people));

-- name: responses_by_survey()
SELECT survey_id, count(*) AS responses FROM responses GROUP BY survey_id;

-- name: add_draft(person_id, file_id, filename, now)$
INSERT INTO drafts (person_id, file_id, filename, received_at, due_at)
VALUES (:person_id, :file_id, :filename, :now, :now)
RETURNING id;

-- name: draft(draft_id)^
-- Without the form itself, which may be long.
SELECT id, person_id, file_id, filename, received_at, attempts, name, title, languages,
  unreviewed, questions, trouble, report, figures, origin, beside
FROM drafts WHERE id = :draft_id;

-- name: drafts_of(person_id)
SELECT id, person_id, file_id, filename, received_at, attempts, name, title, languages,
  unreviewed, questions, trouble, report, figures, origin, beside
FROM drafts WHERE person_id = :person_id ORDER BY id DESC;

-- name: count_drafts(person_id)$
SELECT count(*) FROM drafts WHERE person_id = :person_id;

-- name: draft_source(draft_id)^
SELECT xform, lists FROM drafts WHERE id = :draft_id AND xform <> '';

-- name: next_upload(now)^
-- The file that has waited longest, of those that can be read now.
SELECT id, person_id, file_id, filename, received_at, attempts, name, title, languages,
  unreviewed, questions, trouble, report, figures, origin, beside
FROM drafts WHERE file_id <> '' AND due_at <= :now ORDER BY due_at, id LIMIT 1;

-- name: begin_reading(draft_id)!
UPDATE drafts SET attempts = attempts + 1 WHERE id = :draft_id AND file_id <> '';

-- name: put_off_reading(draft_id, due_at)!
-- Nothing was tried, so it does not count.
UPDATE drafts SET attempts = attempts - 1, due_at = :due_at
WHERE id = :draft_id AND file_id <> '';

-- name: keep_reading(draft_id, name, title, languages, unreviewed, questions, xform, lists, trouble, report, figures, usable, beside)$
-- Whoever was slower than somebody else gets nothing back, and whoever read it without a list that
-- has come meanwhile. What cannot be used yet keeps its handle: lists may come for it.
UPDATE drafts SET origin = CASE WHEN :usable = 1 THEN '' ELSE file_id END,
  file_id = '', name = :name, title = :title, languages = :languages,
  unreviewed = :unreviewed, questions = :questions, xform = :xform, lists = :lists,
  trouble = :trouble, report = :report, figures = :figures
WHERE id = :draft_id AND file_id <> '' AND beside = :beside
RETURNING person_id;

-- name: put_beside(draft_id, beside, now)!
-- A list has come: the form is read again, with it.
UPDATE drafts SET beside = :beside, file_id = CASE WHEN file_id <> '' THEN file_id ELSE origin END,
  received_at = :now, due_at = :now, attempts = 0
WHERE id = :draft_id AND (file_id <> '' OR origin <> '');

-- name: delete_read_draft(draft_id)$
-- Not one that is to be read again.
DELETE FROM drafts WHERE id = :draft_id AND file_id = '' RETURNING id;

-- name: delete_draft(draft_id)!
DELETE FROM drafts WHERE id = :draft_id;

-- name: erase_drafts(person_id)!
DELETE FROM drafts WHERE person_id = :person_id;

-- name: forget_drafts(before)!
DELETE FROM drafts WHERE received_at < :before;

-- name: keep_file(digest, kind, mime, now)!
INSERT INTO files (digest, kind, mime, kept_at) VALUES (:digest, :kind, :mime, :now)
ON CONFLICT (digest) DO UPDATE SET kept_at = excluded.kept_at;

-- name: count_file_parts(digest)$
SELECT count(*) FROM file_parts WHERE digest = :digest;

-- name: add_file_part(digest, number, content)!
INSERT INTO file_parts (digest, number, content) VALUES (:digest, :number, :content)
ON CONFLICT DO NOTHING;

-- name: file(digest)^
SELECT digest, kind, mime FROM files WHERE digest = :digest;

-- name: file_parts(digest)
SELECT content FROM file_parts WHERE digest = :digest ORDER BY number;

-- name: use_in_survey(survey_id, version, name, digest)!
INSERT INTO survey_files (survey_id, version, name, digest)
VALUES (:survey_id, :version, :name, :digest);

-- name: files_of_survey(survey_id, version)
SELECT survey_files.name, files.digest, files.kind
FROM survey_files JOIN files ON files.digest = survey_files.digest
WHERE survey_id = :survey_id AND version = :version;

-- name: use_in_draft(draft_id, name, digest)!
INSERT INTO draft_files (draft_id, name, digest) VALUES (:draft_id, :name, :digest);

-- name: files_of_draft(draft_id)
SELECT draft_files.name, files.digest, files.kind
FROM draft_files JOIN files ON files.digest = draft_files.digest
WHERE draft_id = :draft_id;

-- name: forget_unused_files(before)!
-- Their parts, and Telegram's handles to them, go with them.
DELETE FROM files
WHERE kept_at < :before
  AND NOT EXISTS (SELECT 1 FROM survey_files WHERE survey_files.digest = files.digest)
  AND NOT EXISTS (SELECT 1 FROM draft_files WHERE draft_files.digest = files.digest);

-- name: telegram_file(digest, bot)^
SELECT kind, file_id FROM file_ids WHERE digest = :digest AND bot = :bot;

-- name: note_telegram_file(digest, bot, kind, file_id)!
-- Of a file that is gone meanwhile there is nothing to note.
INSERT INTO file_ids (digest, bot, kind, file_id)
SELECT files.digest, :bot, :kind, :file_id FROM files WHERE files.digest = :digest
ON CONFLICT (digest, bot) DO UPDATE SET kind = excluded.kind, file_id = excluded.file_id;

-- name: forget_telegram_file(digest, bot, file_id)!
DELETE FROM file_ids WHERE digest = :digest AND bot = :bot AND file_id = :file_id;
