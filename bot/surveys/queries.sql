-- name: surveys()
SELECT surveys.*, v.title, v.languages, v.questions
FROM surveys JOIN survey_versions v ON v.survey_id = surveys.id AND v.number = surveys.version
ORDER BY surveys.id;

-- name: survey(survey_id)^
SELECT surveys.*, v.title, v.languages, v.questions
FROM surveys JOIN survey_versions v ON v.survey_id = surveys.id AND v.number = surveys.version
WHERE surveys.id = :survey_id;

-- name: survey_named(name)^
SELECT surveys.*, v.title, v.languages, v.questions, v.digest
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

-- name: add_version(survey_id, number, title, languages, questions, xform, lists, digest)!
INSERT INTO survey_versions
  (survey_id, number, title, languages, questions, xform, lists, digest)
VALUES (:survey_id, :number, :title, :languages, :questions, :xform, :lists, :digest);

-- name: source(survey_id, number)^
SELECT xform, lists FROM survey_versions WHERE survey_id = :survey_id AND number = :number;

-- name: add_response(key, survey_id, version, record)!
INSERT INTO responses (key, survey_id, version, record)
VALUES (:key, :survey_id, :version, :record);

-- name: responses(survey_id)
SELECT version, record FROM responses WHERE survey_id = :survey_id ORDER BY key;

-- name: count_responses(survey_id)$
SELECT count(*) FROM responses WHERE survey_id = :survey_id;

-- name: waiting_since(after, before)
-- Open interviews of surveys that nobody went on with in a span of time.
SELECT id, person_id, form, updated_at FROM interviews
WHERE form >= 'survey:' AND form < 'survey;' AND sealed <> ''
  AND updated_at > :after AND updated_at <= :before
ORDER BY updated_at, id;
