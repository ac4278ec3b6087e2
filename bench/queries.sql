-- name: meet(last, languages, count, now)!
-- People with these numbers at Telegram, 1 to :last, who speak the languages by turns.
WITH RECURSIVE numbers(n) AS (
  SELECT CAST(1 AS bigint) UNION ALL SELECT n + 1 FROM numbers WHERE n < CAST(:last AS bigint)
)
INSERT INTO people (telegram_id, language, borough, created_at)
SELECT n, json_extract(:languages, '$[' || (n % :count) || ']'), 'brent', :now FROM numbers;

-- name: book(event_id, first, last, now)!
INSERT INTO bookings (event_id, person_id, state, source, booked_at, changed_at)
SELECT events.id, people.id, 'going', '', CAST(:now AS bigint), CAST(:now AS bigint)
FROM events JOIN people ON people.telegram_id BETWEEN :first AND :last
WHERE events.id = :event_id;

-- name: count_places(event_id)!
UPDATE events
SET going = (SELECT count(*) FROM bookings WHERE event_id = events.id AND state = 'going')
WHERE id = :event_id;

-- name: agree(now)!
INSERT INTO consents (person_id, purpose, given, wording, language, at)
SELECT id, 'news', 1, 'news-1', 'en', CAST(:now AS bigint) FROM people;

-- name: end_broadcasts()!
UPDATE broadcasts SET state = 'stopped';

-- name: want(leads, now)!
INSERT INTO reminders (person_id, leads, updated_at)
SELECT id, CAST(:leads AS bigint), CAST(:now AS bigint) FROM people;

-- name: owe_everybody(mailing_id)!
INSERT INTO deliveries (mailing_id, person_id, lane, state, due_at, not_after)
SELECT mailings.id, people.id, mailings.lane, 'due', mailings.due_at, mailings.not_after
FROM mailings CROSS JOIN people WHERE mailings.id = :mailing_id;

-- name: deliveries_in(state)$
SELECT count(*) FROM deliveries WHERE state = :state;

-- name: under_way()$
-- The indexes on what is open and what is claimed hold only these, so looking costs little.
SELECT (SELECT count(*) FROM deliveries WHERE state IN ('due', 'retry'))
  + (SELECT count(*) FROM deliveries WHERE state = 'claimed');

-- name: end_open()!
UPDATE deliveries SET state = 'skipped', reason = 'missed', claimed_by = NULL
WHERE state IN ('due', 'retry', 'claimed');

-- name: close_cards()!
DELETE FROM cards;
