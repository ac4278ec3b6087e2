-- name: add_broadcast(person_id, audience, texts, media, buttons, posts, critical, follows_id, now)$
INSERT INTO broadcasts (
  state, author_id, editor_id, holder_id, edited_at, audience, texts, media, buttons, posts,
  critical, follows_id, created_at
) VALUES (
  'draft', :person_id, :person_id, :person_id, :now, :audience, :texts, :media, :buttons, :posts,
  :critical, :follows_id, :now
) RETURNING id;

-- name: broadcast(broadcast_id)^
SELECT * FROM broadcasts WHERE id = :broadcast_id;

-- name: broadcasts_in(states, skip, most)
-- The newest first, and how many there are.
SELECT broadcasts.*, COUNT(*) OVER () AS total FROM broadcasts
WHERE :states LIKE '%,' || state || ',%'
ORDER BY id DESC LIMIT :most OFFSET :skip;

-- name: change_broadcast(broadcast_id, revision, person_id, audience, texts, media, buttons, posts, send_at, repeats, critical, urgent, now)^
-- Whoever changes it has it, and an approval of what was before is none of this.
UPDATE broadcasts SET
  state = 'draft', revision = revision + 1, editor_id = :person_id, holder_id = :person_id,
  edited_at = :now,
  audience = :audience, texts = :texts, media = :media, buttons = :buttons, posts = :posts, send_at = :send_at,
  repeats = :repeats, critical = :critical, urgent = :urgent, series_id = NULL, asked_by = NULL,
  approved_by = NULL, approved_revision = NULL
WHERE id = :broadcast_id AND revision = :revision AND state IN ('draft', 'waiting', 'scheduled')
RETURNING *;

-- name: review_text(broadcast_id, revision, texts)^
-- What people would get stays as it is, unless it depends on the review: then it is counted.
UPDATE broadcasts SET texts = :texts, revision = revision + critical
WHERE id = :broadcast_id AND revision = :revision AND state IN ('draft', 'waiting', 'scheduled')
RETURNING *;

-- name: take_up(broadcast_id, person_id, before, now)^
-- To change it: nobody else has it, or they have left it alone since `before`. Whoever only opens
-- it has changed nothing, and can still approve it.
UPDATE broadcasts SET holder_id = :person_id, edited_at = :now
WHERE id = :broadcast_id AND state IN ('draft', 'waiting', 'scheduled')
  AND (holder_id IS NULL OR holder_id = :person_id OR edited_at < :before)
RETURNING *;

-- name: ask(broadcast_id, revision, before, state, person_id, begins_at, approved_by)^
UPDATE broadcasts SET
  state = :state, asked_by = :person_id, begins_at = CAST(:begins_at AS BIGINT),
  approved_by = CAST(:approved_by AS BIGINT), edited_at = 0, remark = '',
  approved_revision = CASE WHEN CAST(:approved_by AS BIGINT) IS NULL THEN NULL ELSE revision END
WHERE id = :broadcast_id AND revision = :revision AND state = :before
RETURNING *;

-- name: refuse(broadcast_id, revision, person_id)!
UPDATE broadcasts SET asked_by = :person_id
WHERE id = :broadcast_id AND revision = :revision AND state = 'draft';

-- name: send_back(broadcast_id, revision, remark)^
UPDATE broadcasts SET state = 'draft', remark = :remark, edited_at = 0
WHERE id = :broadcast_id AND revision = :revision AND state = 'waiting'
RETURNING *;

-- name: move(broadcast_id, state, before, now)^
-- From one of some states to another; nothing where it is in none of them.
UPDATE broadcasts SET state = :state,
  ended_at = CASE WHEN :state IN ('done', 'stopped', 'recalled') THEN CAST(:now AS BIGINT) ELSE ended_at END
WHERE id = :broadcast_id AND :before LIKE '%,' || state || ',%'
RETURNING *;

-- name: begin(broadcast_id, now)!
UPDATE broadcasts SET state = 'sending', began_at = :now
WHERE id = :broadcast_id AND state = 'scheduled';

-- name: set_mailing(broadcast_id, mailing_id, people)!
-- What it is sent as, and for how many people it is.
UPDATE broadcasts SET mailing_id = :mailing_id, people = :people WHERE id = :broadcast_id;

-- name: put_off_broadcast(broadcast_id, begins_at)!
UPDATE broadcasts SET begins_at = :begins_at WHERE id = :broadcast_id AND state = 'scheduled';

-- name: set_recall(broadcast_id, mailing_id)^
UPDATE broadcasts SET state = 'recalling', recall_id = :mailing_id
WHERE id = :broadcast_id AND state IN ('sending', 'paused', 'done', 'stopped')
  AND recall_id IS NULL
RETURNING *;

-- name: show_in(broadcast_id, person_id, message_id)!
INSERT INTO broadcast_screens (person_id, message_id, broadcast_id)
VALUES (:person_id, :message_id, :broadcast_id)
ON CONFLICT (person_id, message_id) DO UPDATE SET broadcast_id = excluded.broadcast_id;

-- name: hide_others(broadcast_id, person_id, message_id)!
-- One screen of a person is enough.
DELETE FROM broadcast_screens
WHERE person_id = :person_id AND broadcast_id = :broadcast_id AND message_id <> :message_id;

-- name: hide(person_id, message_id)!
DELETE FROM broadcast_screens WHERE person_id = :person_id AND message_id = :message_id;

-- name: screens_of(broadcast_id)
SELECT person_id, message_id FROM broadcast_screens
WHERE broadcast_id = :broadcast_id ORDER BY person_id;

-- name: forget_screens(broadcast_id)!
-- Of one that can be deleted.
DELETE FROM broadcast_screens WHERE broadcast_id IN (
  SELECT id FROM broadcasts
  WHERE id = :broadcast_id AND state = 'draft'
);

-- name: erase_screens(person_id)!
DELETE FROM broadcast_screens WHERE person_id = :person_id;

-- name: repeat_broadcast(broadcast_id, send_at, now)$
-- The same once more, at its time; it is approved as this one is.
INSERT INTO broadcasts (
  state, revision, author_id, editor_id, holder_id, edited_at, asked_by, approved_by,
  approved_revision, audience, texts, media, buttons, posts, send_at, begins_at, repeats, critical,
  urgent, series_id, created_at
)
SELECT 'scheduled', revision, author_id, editor_id, NULL, 0, asked_by, approved_by, approved_revision,
  audience, texts, media, buttons, posts, CAST(:send_at AS BIGINT), CAST(:send_at AS BIGINT),
  repeats, critical, '', coalesce(series_id, id), CAST(:now AS BIGINT)
FROM broadcasts WHERE id = :broadcast_id RETURNING id;

-- name: end_series(broadcast_id)!
-- The next one of those that are sent again and again becomes a draft; one that was changed since
-- is none of them any more.
UPDATE broadcasts SET state = 'draft', edited_at = 0
WHERE state = 'scheduled' AND id > :broadcast_id AND series_id = (
  SELECT coalesce(before.series_id, before.id) FROM broadcasts AS before
  WHERE before.id = :broadcast_id
);

-- name: delete_broadcast(broadcast_id)!
DELETE FROM broadcasts WHERE id = :broadcast_id AND state = 'draft';

-- name: due_broadcasts(now)
SELECT * FROM broadcasts WHERE state = 'scheduled' AND begins_at <= :now ORDER BY begins_at, id;

-- name: next_broadcast()$
SELECT begins_at FROM broadcasts WHERE state = 'scheduled' ORDER BY begins_at LIMIT 1;

-- name: broadcasts_under_way()
SELECT * FROM broadcasts WHERE state IN ('sending', 'paused', 'recalling') ORDER BY id;

-- name: ended_and_shown()
-- Those whose last word has still to be shown in a message that shows how far they have come.
SELECT * FROM broadcasts
WHERE state IN ('done', 'stopped', 'recalled')
  AND id IN (SELECT broadcast_id FROM broadcast_screens)
ORDER BY id;

-- name: count_audience(basis, not_booked, told_since, lane, most, counted_since, within_boroughs, within_groups, needed, boroughs, languages, interests, groups, roles, booked, attended, got, now)
SELECT language, borough, reason, count(*) AS people FROM (
-- part: audience
) AS fitting
GROUP BY language, borough, reason ORDER BY people DESC, language, borough, reason;

-- name: freeze_audience(mailing_id, basis, not_booked, told_since, lane, most, counted_since, within_boroughs, within_groups, needed, boroughs, languages, interests, groups, roles, booked, attended, got, now)!
-- Owes a mailing to everybody whom it would reach at this moment. It has been owed to nobody before,
-- so nothing can stand in the way; looking for that would take PostgreSQL half a second.
INSERT INTO deliveries (mailing_id, person_id, lane, state, due_at, not_after)
SELECT mailings.id, fitting.id, mailings.lane, 'due', mailings.due_at, mailings.not_after
FROM mailings CROSS JOIN (
-- part: audience
) AS fitting
WHERE mailings.id = :mailing_id AND fitting.reason = '';

-- name: enough_for(people, mailing_id, lane, most, counted_since)
-- Who of these was sent as many as anybody may be sent, by other mailings than this one.
SELECT person_id FROM deliveries
WHERE person_id IN (SELECT value FROM json_each(:people))
  AND lane = :lane AND mailing_id <> :mailing_id
  AND edits = 0 AND state IN ('sent', 'unknown') AND settled_at > :counted_since
GROUP BY person_id HAVING count(*) >= :most;

-- name: wanting_news(people)
-- Who of these still agrees to news.
SELECT person_id FROM consents AS newest
WHERE person_id IN (SELECT value FROM json_each(:people)) AND purpose = 'news' AND given = 1
  AND id = (
    SELECT max(id) FROM consents
    WHERE consents.person_id = newest.person_id AND consents.purpose = 'news'
  );

-- name: with_places(people, events)
-- Who of these has a place at one of some events.
SELECT DISTINCT person_id FROM bookings
WHERE person_id IN (SELECT value FROM json_each(:people)) AND state IN ('going', 'attended')
  AND :events LIKE '%,' || CAST(event_id AS TEXT) || ',%';

-- name: with_roles(people, roles)
-- Who of these has one of some roles.
SELECT DISTINCT person_id FROM roles
WHERE person_id IN (SELECT value FROM json_each(:people)) AND :roles LIKE '%,' || role || ',%';

-- name: asked_today(person_id, since)$
-- How many people the broadcasts of one person have been owed to lately.
SELECT count(*) FROM broadcasts JOIN deliveries ON deliveries.mailing_id = broadcasts.mailing_id
WHERE broadcasts.asked_by = :person_id AND broadcasts.began_at > :since;

-- name: recent_texts(since, broadcast_id)
SELECT id, texts FROM broadcasts
WHERE began_at > :since AND id <> :broadcast_id ORDER BY id DESC;

-- name: mark(broadcast_id, person_id, mark, now)!
INSERT INTO broadcast_marks (broadcast_id, person_id, mark, at)
SELECT CAST(:broadcast_id AS BIGINT), CAST(:person_id AS BIGINT), CAST(:mark AS TEXT),
  CAST(:now AS BIGINT)
WHERE EXISTS (SELECT 1 FROM broadcasts WHERE id = :broadcast_id)
ON CONFLICT DO NOTHING;

-- name: last_told(person_id, since)$
-- The broadcast that a person was sent last.
SELECT broadcasts.id
FROM deliveries JOIN broadcasts ON broadcasts.mailing_id = deliveries.mailing_id
WHERE deliveries.person_id = :person_id AND deliveries.state IN ('sent', 'unknown')
  AND deliveries.settled_at > :since
ORDER BY deliveries.settled_at DESC LIMIT 1;

-- name: outcome(broadcast_id, events, now)
-- What came of a broadcast among those whom it reached, by language and borough. What others did
-- is no outcome of it.
SELECT people.language, coalesce(people.borough, '') AS borough,
  count(*) AS reached,
  sum(CASE WHEN opened.person_id IS NULL THEN 0 ELSE 1 END) AS opened,
  sum(CASE WHEN stopped.person_id IS NULL THEN 0 ELSE 1 END) AS stopped,
  sum(CASE WHEN people.blocked_at >= deliveries.settled_at THEN 1 ELSE 0 END) AS blocked,
  sum(CASE WHEN EXISTS (
    SELECT 1 FROM bookings WHERE bookings.person_id = people.id
      AND bookings.state IN ('going', 'attended') AND bookings.booked_at >= deliveries.settled_at
      AND :events LIKE '%,' || CAST(bookings.event_id AS TEXT) || ',%'
  ) THEN 1 ELSE 0 END) AS booked,
  sum(CASE WHEN EXISTS (
    SELECT 1 FROM bookings JOIN events ON events.id = bookings.event_id
    WHERE bookings.person_id = people.id
      AND (bookings.state = 'attended' OR bookings.state = 'going' AND events.ends_at < :now)
      AND bookings.booked_at >= deliveries.settled_at
      AND :events LIKE '%,' || CAST(bookings.event_id AS TEXT) || ',%'
  ) THEN 1 ELSE 0 END) AS attended
FROM broadcasts
JOIN deliveries ON deliveries.mailing_id = broadcasts.mailing_id
JOIN people ON people.id = deliveries.person_id
LEFT JOIN broadcast_marks AS opened ON opened.broadcast_id = broadcasts.id
  AND opened.person_id = people.id AND opened.mark = 'opened'
LEFT JOIN broadcast_marks AS stopped ON stopped.broadcast_id = broadcasts.id
  AND stopped.person_id = people.id AND stopped.mark = 'stopped'
WHERE broadcasts.id = :broadcast_id AND deliveries.state IN ('sent', 'unknown')
GROUP BY people.language, coalesce(people.borough, '')
ORDER BY reached DESC, people.language, borough;

-- name: people_with_roles(roles, language)
-- Whom to ask: people with one of some roles who want messages, all or those of one language.
SELECT DISTINCT people.id FROM people JOIN roles ON roles.person_id = people.id
WHERE :roles LIKE '%,' || roles.role || ',%'
  AND people.stopped_at IS NULL AND people.blocked_at IS NULL
  AND (:language = '' OR people.language = :language)
ORDER BY people.id;

-- name: is_trusted(person_id)$
SELECT 1 FROM trusted WHERE person_id = :person_id;

-- name: trust(person_id, now)!
INSERT INTO trusted (person_id, since) VALUES (:person_id, :now) ON CONFLICT DO NOTHING;

-- name: marks_of(person_id)
SELECT * FROM broadcast_marks WHERE person_id = :person_id ORDER BY broadcast_id, mark;

-- name: erase_marks(person_id)!
DELETE FROM broadcast_marks WHERE person_id = :person_id;

-- name: erase_trust(person_id)!
DELETE FROM trusted WHERE person_id = :person_id;

-- name: erase_author(person_id)!
-- What they wrote belongs to the group and stays; that it was them goes.
UPDATE broadcasts SET
  author_id = CASE WHEN author_id = :person_id THEN NULL ELSE author_id END,
  editor_id = CASE WHEN editor_id = :person_id THEN NULL ELSE editor_id END,
  holder_id = CASE WHEN holder_id = :person_id THEN NULL ELSE holder_id END,
  asked_by = CASE WHEN asked_by = :person_id THEN NULL ELSE asked_by END,
  approved_by = CASE WHEN approved_by = :person_id THEN NULL ELSE approved_by END
WHERE author_id = :person_id OR editor_id = :person_id OR holder_id = :person_id
  OR asked_by = :person_id OR approved_by = :person_id;

-- name: texts_naming(person_id)
-- Texts that perhaps say that somebody wrote or read them.
SELECT id, texts FROM broadcasts
WHERE texts LIKE '%by":' || CAST(CAST(:person_id AS BIGINT) AS TEXT) || '%';

-- name: put_texts(broadcast_id, texts)!
UPDATE broadcasts SET texts = :texts WHERE id = :broadcast_id;

-- name: naming(person_id)
-- Where a person began, changed, opened, asked for or approved something.
SELECT id, created_at, state, author_id, editor_id, holder_id, asked_by, approved_by
FROM broadcasts
WHERE author_id = :person_id OR editor_id = :person_id OR holder_id = :person_id
  OR asked_by = :person_id OR approved_by = :person_id
ORDER BY id;

-- name: forget_marks(before)!
DELETE FROM broadcast_marks WHERE at < :before;
