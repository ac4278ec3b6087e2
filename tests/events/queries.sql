-- name: add_people(telegram_id, created_at)*!
INSERT INTO people (telegram_id, created_at) VALUES (:telegram_id, :created_at);

-- name: people_ids()
SELECT id FROM people ORDER BY id;

-- name: bookings_going(event_id)$
SELECT COUNT(*) FROM bookings WHERE event_id = :event_id AND state = 'going';

-- name: all_events()
SELECT id, uid, going, capacity, revision, created_at FROM events ORDER BY id;
