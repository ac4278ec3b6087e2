-- name: see(batch, at)
-- Update ids of the batch that were never seen before.
INSERT INTO seen (update_id, at)
SELECT value, :at FROM json_each(:batch) WHERE true
ON CONFLICT DO NOTHING
RETURNING update_id;

-- name: put(update_id, person, body, received_at)*!
INSERT INTO inbox (update_id, person, body, state, received_at)
VALUES (:update_id, :person, :body, 'waiting', :received_at);

-- name: still_waiting(batch)
SELECT update_id FROM inbox
WHERE state = 'waiting' AND update_id IN (SELECT value FROM json_each(:batch));

-- name: claim(update_id)!
-- Takes the update for this transaction; nothing when it has been handled. It gives no row, so
-- that on PostgreSQL it can be sent together with BEGIN.
UPDATE inbox SET attempts = attempts + 1
WHERE update_id = :update_id AND state = 'waiting';

-- name: answered(update_id, replies, now)!
UPDATE inbox SET state = 'answering', body = '', replies = :replies, received_at = :now
WHERE update_id = :update_id;

-- name: remove(update_id)!
DELETE FROM inbox WHERE update_id = :update_id;

-- name: remove_many(batch)!
DELETE FROM inbox WHERE update_id IN (SELECT value FROM json_each(:batch));

-- name: hold(batch, now)!
-- Says that somebody works on these, so that nobody else takes them up.
UPDATE inbox SET received_at = :now WHERE update_id IN (SELECT value FROM json_each(:batch));

-- name: take_up(before, after, now)
-- What nobody has worked on for longer than it should take; now somebody does. A time to come
-- means that the clock of the machine was put back.
UPDATE inbox SET received_at = :now, attempts = attempts + 1
WHERE received_at < :before OR received_at > :after
RETURNING update_id, person, body, replies, attempts;

-- name: forget_person(person, but)!
DELETE FROM inbox WHERE person = :person AND update_id <> :but;

-- name: count_of_person(person)$
SELECT count(*) FROM inbox WHERE person = :person;

-- name: forget_seen(before)!
DELETE FROM seen WHERE at < :before;

-- name: depth()$
SELECT count(*) FROM inbox;

-- name: get_meta(key)$
SELECT value FROM meta WHERE key = :key;

-- name: set_meta(key, value)!
INSERT INTO meta (key, value) VALUES (:key, :value)
ON CONFLICT (key) DO UPDATE SET value = excluded.value;

-- name: waiting_interviews(person_id, since)
SELECT * FROM interviews
WHERE person_id = :person_id AND sealed <> '' AND updated_at >= :since
ORDER BY updated_at DESC, id DESC;

-- name: save_interview(person_id, form, version, subject, sealed, revision, now)$
-- Nothing comes back when what is kept is as new or newer: somebody else was faster.
INSERT INTO interviews (person_id, form, version, subject, sealed, revision, updated_at)
VALUES (:person_id, :form, :version, :subject, :sealed, :revision, :now)
ON CONFLICT (person_id, form) DO UPDATE
SET version = excluded.version, subject = excluded.subject, sealed = excluded.sealed,
    revision = excluded.revision, updated_at = excluded.updated_at
WHERE interviews.revision < excluded.revision
RETURNING revision;

-- name: begin_interview(person_id, form, version, subject, sealed, revision, now)!
-- Nothing changes where there is one already.
INSERT INTO interviews (person_id, form, version, subject, sealed, revision, updated_at)
VALUES (:person_id, :form, :version, :subject, :sealed, :revision, :now)
ON CONFLICT (person_id, form) DO NOTHING;

-- name: get_interview(person_id, form)^
SELECT * FROM interviews WHERE person_id = :person_id AND form = :form;

-- name: interviews_of(person_id)
SELECT * FROM interviews WHERE person_id = :person_id ORDER BY form;

-- name: erase_interview(person_id, form)!
DELETE FROM interviews WHERE person_id = :person_id AND form = :form;

-- name: forget_interviews(person_id)!
DELETE FROM interviews WHERE person_id = :person_id;

-- name: forget_old_interviews(before)!
-- A row with nothing in it says that somebody came to an end; it is no interview any more.
DELETE FROM interviews WHERE updated_at < :before AND sealed <> '';
