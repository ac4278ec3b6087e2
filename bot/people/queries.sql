-- name: get_person(telegram_id)^
SELECT * FROM people WHERE telegram_id = :telegram_id;

-- name: get_person_by_id(person_id)^
SELECT * FROM people WHERE id = :person_id;

-- name: people_by_ids(ids)
SELECT * FROM people WHERE id IN (SELECT value FROM json_each(:ids));

-- name: move_chat(person_id, telegram_id)!
-- Nothing changes where somebody has that chat already.
UPDATE people SET telegram_id = :telegram_id
WHERE id = :person_id AND NOT EXISTS (
  SELECT 1 FROM people AS other WHERE other.telegram_id = :telegram_id
);

-- name: meet_person(telegram_id, source, now)^
-- Changes nothing about a person who is there already, but returns them.
INSERT INTO people (telegram_id, source, created_at)
VALUES (:telegram_id, :source, :now)
ON CONFLICT (telegram_id) DO UPDATE SET source = COALESCE(people.source, excluded.source)
RETURNING *;

-- name: set_language(person_id, language)^
UPDATE people SET language = :language WHERE id = :person_id RETURNING *;

-- name: set_place(person_id, borough, outcode)^
UPDATE people SET borough = :borough, outcode = :outcode WHERE id = :person_id RETURNING *;

-- name: set_stopped(person_id, now)^
UPDATE people SET stopped_at = COALESCE(stopped_at, :now) WHERE id = :person_id RETURNING *;

-- name: set_resumed(person_id)^
UPDATE people SET stopped_at = NULL WHERE id = :person_id RETURNING *;

-- name: set_blocked(person_id, now)^
UPDATE people
SET stopped_at = COALESCE(stopped_at, :now), blocked_at = COALESCE(blocked_at, :now)
WHERE id = :person_id RETURNING *;

-- name: set_unblocked(person_id)^
UPDATE people SET blocked_at = NULL WHERE id = :person_id RETURNING *;

-- name: delete_person(person_id)!
DELETE FROM people WHERE id = :person_id;

-- name: add_consent(person_id, purpose, wording, language, given, now)!
-- Nothing is added when the newest entry says the same.
INSERT INTO consents (person_id, purpose, wording, language, given, at)
SELECT CAST(:person_id AS BIGINT), CAST(:purpose AS TEXT), CAST(:wording AS TEXT),
  CAST(:language AS TEXT), CAST(:given AS BIGINT), CAST(:now AS BIGINT)
WHERE NOT EXISTS (
  SELECT 1 FROM consents AS newest
  WHERE newest.person_id = :person_id AND newest.purpose = :purpose
    AND newest.wording = :wording AND newest.language = :language AND newest.given = :given
    AND newest.id = (
      SELECT max(id) FROM consents WHERE person_id = :person_id AND purpose = :purpose
    )
);

-- name: newest_consent(person_id, purpose)^
SELECT * FROM consents
WHERE person_id = :person_id AND purpose = :purpose
ORDER BY id DESC LIMIT 1;

-- name: consents_of(person_id)
SELECT * FROM consents WHERE person_id = :person_id ORDER BY id;

-- name: delete_consents(person_id)!
DELETE FROM consents WHERE person_id = :person_id;

-- name: add_follow(person_id, kind, key)!
INSERT INTO follows (person_id, kind, key) VALUES (:person_id, :kind, :key)
ON CONFLICT (person_id, kind, key) DO NOTHING;

-- name: remove_follow(person_id, kind, key)!
DELETE FROM follows WHERE person_id = :person_id AND kind = :kind AND key = :key;

-- name: follows_of(person_id)
SELECT kind, key FROM follows WHERE person_id = :person_id;

-- name: delete_follows(person_id)!
DELETE FROM follows WHERE person_id = :person_id;

-- name: put_needs(person_id, sealed, now)!
INSERT INTO needs (person_id, sealed, updated_at) VALUES (:person_id, :sealed, :now)
ON CONFLICT (person_id) DO UPDATE
SET sealed = excluded.sealed, updated_at = excluded.updated_at;

-- name: get_needs(person_id)^
SELECT * FROM needs WHERE person_id = :person_id;

-- name: agreed_needs(people, purpose)
-- What these people need, of those who agree now that it is kept for this purpose.
SELECT needs.* FROM needs
WHERE needs.person_id IN (SELECT value FROM json_each(:people))
  AND (
    SELECT consents.given FROM consents
    WHERE consents.person_id = needs.person_id AND consents.purpose = :purpose
    ORDER BY consents.id DESC LIMIT 1
  ) = 1;

-- name: delete_needs(person_id)!
DELETE FROM needs WHERE person_id = :person_id;

-- name: delete_old_needs(before)!
DELETE FROM needs WHERE updated_at < :before;

-- name: roles_of(person_id)
SELECT * FROM roles WHERE person_id = :person_id ORDER BY given_at, id;

-- name: every_role()
SELECT * FROM roles ORDER BY person_id, given_at, id;

-- name: get_role(role_id)^
SELECT * FROM roles WHERE id = :role_id;

-- name: lock_role(role)
-- On SQLite the work is alone already.
SELECT id FROM roles WHERE role = :role ORDER BY id;

-- name: give_role(person_id, role, borough, group_name, label, now)!
INSERT INTO roles (person_id, role, borough, group_name, label, given_at)
VALUES (:person_id, :role, :borough, :group_name, :label, :now)
ON CONFLICT (person_id, role, borough, group_name) DO NOTHING;

-- name: take_role(person_id, role)!
DELETE FROM roles WHERE person_id = :person_id AND role = :role;

-- name: take_role_by_id(role_id)!
DELETE FROM roles WHERE id = :role_id;

-- name: delete_roles(person_id)!
DELETE FROM roles WHERE person_id = :person_id;

-- name: add_invite(digest, role, borough, group_name, label, expires_at)$
INSERT INTO invites (digest, role, borough, group_name, label, expires_at)
VALUES (:digest, :role, :borough, :group_name, :label, :expires_at)
RETURNING id;

-- name: get_invite(digest)^
SELECT * FROM invites WHERE digest = :digest;

-- name: open_invites(now)
SELECT * FROM invites
WHERE used_at IS NULL AND revoked_at IS NULL AND expires_at > :now
ORDER BY id DESC;

-- name: use_invite(digest, now)!
-- Of two who accept at the same moment, one changes the row. The label is that of the role now.
UPDATE invites SET used_at = :now, label = ''
WHERE digest = :digest AND used_at IS NULL AND revoked_at IS NULL AND expires_at > :now;

-- name: revoke_invite(invite_id, now)!
UPDATE invites SET revoked_at = :now
WHERE id = :invite_id AND used_at IS NULL AND revoked_at IS NULL AND expires_at > :now;

-- name: delete_old_invites(before)!
DELETE FROM invites WHERE expires_at < :before;

-- name: add_act(now, act, actor, subject, details)!
INSERT INTO acts (at, act, actor, subject, details)
VALUES (:now, :act, :actor, :subject, :details);

-- name: acts_page(most, skip)
SELECT * FROM acts ORDER BY id DESC LIMIT :most OFFSET :skip;

-- name: acts_after(after, most)
SELECT * FROM acts WHERE id > :after ORDER BY id LIMIT :most;

-- name: acts_of(person_id)
-- What somebody did, and what was done to them.
SELECT * FROM acts
WHERE actor = :person_id OR subject = 'person ' || CAST(:person_id AS TEXT) ORDER BY id;

-- name: count_acts()$
SELECT COUNT(*) FROM acts;

-- name: acts_by_actor()
SELECT actor, COUNT(*) AS times, MAX(at) AS last_at FROM acts
WHERE actor IS NOT NULL GROUP BY actor;

-- name: count_old_acts(before)$
SELECT COUNT(*) FROM acts WHERE at < :before;

-- name: delete_old_acts(before)!
DELETE FROM acts WHERE at < :before;
