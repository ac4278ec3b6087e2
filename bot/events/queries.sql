-- Columns are named one by one in inserts only; rows become models in store.py.

-- name: event_by_id(event_id)^
SELECT * FROM events WHERE id = :event_id;

-- name: events_by_ids(ids)
SELECT * FROM events WHERE id IN (SELECT value FROM json_each(:ids)) ORDER BY starts_at, id;

-- name: activities_of(event_ids)
SELECT events.id AS of_event, events.fingerprint, activities.*
FROM events LEFT JOIN activities ON activities.event_id = events.id
WHERE events.id IN (SELECT value FROM json_each(:event_ids))
ORDER BY events.id, activities.position, activities.id;

-- name: find_events(since, until, boroughs, or_online, kind, language, access, words, skip, most)
-- boroughs and words are JSON lists; language and access are patterns over sorted JSON lists.
SELECT events.*, COUNT(*) OVER () AS total
FROM events
WHERE ends_at > :since
  AND starts_at < :until
  AND status <> 'cancelled'
  AND (:boroughs = '[]' OR :boroughs LIKE '%"' || borough || '"%'
       OR (:or_online = 1 AND online_link <> ''))
  AND kind LIKE :kind
  AND languages LIKE :language
  AND access LIKE :access
  AND NOT EXISTS (
    SELECT 1 FROM json_each(:words) AS word WHERE search NOT LIKE '%' || word.value || '%'
  )
ORDER BY starts_at, id
LIMIT :most OFFSET :skip;

-- name: events_on_the_map(now)
SELECT id, latitude, longitude, outcode, borough, starts_at FROM events
WHERE ends_at > :now AND status <> 'cancelled'
ORDER BY starts_at, id;

-- name: languages_to_come(now)
-- The lists of languages of what is still to come, and how many events have each list.
SELECT languages, COUNT(*) AS events FROM events
WHERE ends_at > :now AND status <> 'cancelled' AND languages <> '[]'
GROUP BY languages;

-- name: known_events(uids)
SELECT id, uid, sequence, fingerprint FROM events
WHERE uid IN (SELECT value FROM json_each(:uids));

-- name: dates_ahead(now)
SELECT id, uid, sequence, starts_at FROM events
WHERE status <> 'cancelled' AND starts_at > :now;

-- name: add_event(uid, kind, title, description, starts_at, ends_at, timezone, venue, borough, outcode, latitude, longitude, online_link, organisation, topics, capacity, access, languages, status, sequence, sample, search, fingerprint, now)<!
INSERT INTO events (
  uid, kind, title, description, starts_at, ends_at, timezone, venue, borough, outcode,
  latitude, longitude, online_link, organisation, topics, capacity, going, access, languages,
  status, sequence, sample, revision, search, fingerprint, created_at, updated_at
) VALUES (
  :uid, :kind, :title, :description, :starts_at, :ends_at, :timezone, :venue, :borough, :outcode,
  :latitude, :longitude, :online_link, :organisation, :topics, :capacity, 0, :access, :languages,
  :status, :sequence, :sample, 0, :search, :fingerprint, :now, :now
) RETURNING id;

-- name: change_event(id, kind, title, description, starts_at, ends_at, timezone, venue, borough, outcode, latitude, longitude, online_link, organisation, topics, capacity, access, languages, status, sequence, sample, search, fingerprint, now)!
-- Places taken are the booking desk's: an import never touches them.
UPDATE events SET
  kind = :kind, title = :title, description = :description, starts_at = :starts_at,
  ends_at = :ends_at, timezone = :timezone, venue = :venue, borough = :borough,
  outcode = :outcode, latitude = :latitude, longitude = :longitude, online_link = :online_link,
  organisation = :organisation, topics = :topics, capacity = :capacity, access = :access,
  languages = :languages, status = :status, sequence = :sequence, sample = :sample,
  search = :search, fingerprint = :fingerprint, revision = revision + 1, updated_at = :now
WHERE id = :id;

-- name: note_sequence(event_id, sequence)!
UPDATE events SET sequence = :sequence WHERE id = :event_id;

-- name: cancel_event(event_id, now)!
-- The fingerprint goes, so that a file which lists the event again brings it back.
UPDATE events
SET status = 'cancelled', fingerprint = '', revision = revision + 1, updated_at = :now
WHERE id = :event_id;

-- name: drop_activities(event_id)!
DELETE FROM activities WHERE event_id = :event_id;

-- name: add_activities(event_id, uid, position, kind, title, description, organisation, starts_at, ends_at, capacity, slot_minutes)*!
INSERT INTO activities (
  event_id, uid, position, kind, title, description, organisation, starts_at, ends_at, capacity,
  slot_minutes
) VALUES (
  :event_id, :uid, :position, :kind, :title, :description, :organisation, :starts_at, :ends_at,
  :capacity, :slot_minutes
);

-- name: take_place(event_id, now)^
-- The one statement that keeps an event from being overbooked; it holds the event's row until
-- the transaction ends, so whatever follows on its bookings happens one at a time.
UPDATE events SET going = going + 1
WHERE id = :event_id AND status <> 'cancelled' AND starts_at > :now
  AND (capacity IS NULL OR going < capacity)
RETURNING *;

-- name: hold_event(event_id)^
-- Changes nothing, but keeps the row from others until the transaction ends, as take_place does.
UPDATE events SET going = going WHERE id = :event_id RETURNING *;

-- name: give_place_back(event_id)^
UPDATE events SET going = going - 1 WHERE id = :event_id RETURNING *;

-- name: note_going(event_id, person_id, source, now)^
-- No row: this person was going already.
INSERT INTO bookings (event_id, person_id, state, source, booked_at, changed_at)
VALUES (:event_id, :person_id, 'going', :source, :now, :now)
ON CONFLICT (event_id, person_id) DO UPDATE
SET state = 'going', source = excluded.source, booked_at = excluded.booked_at,
    changed_at = excluded.changed_at
WHERE bookings.state NOT IN ('going', 'attended')
RETURNING *;

-- name: note_cancelled(event_id, person_id, now)^
-- No row: this person was not going.
UPDATE bookings SET state = 'cancelled', changed_at = :now
WHERE event_id = :event_id AND person_id = :person_id AND state = 'going'
RETURNING *;

-- name: booking_of(event_id, person_id)^
SELECT * FROM bookings WHERE event_id = :event_id AND person_id = :person_id;

-- name: current_bookings(person_id, now)
SELECT bookings.* FROM bookings JOIN events ON events.id = bookings.event_id
WHERE bookings.person_id = :person_id AND events.ends_at > :now
  AND bookings.state IN ('going', 'waiting', 'offered')
ORDER BY events.starts_at, events.id;

-- name: all_bookings(person_id)
SELECT * FROM bookings WHERE person_id = :person_id ORDER BY booked_at, id;

-- name: erase_bookings(person_id)
DELETE FROM bookings WHERE person_id = :person_id RETURNING event_id, state;

-- name: erase_old_bookings(before)!
DELETE FROM bookings WHERE event_id IN (SELECT id FROM events WHERE ends_at < :before);

-- name: free_places(event_ids, now)!
-- An event that has begun keeps its count: that is how many had booked.
UPDATE events SET going = going - 1
WHERE starts_at > :now AND id IN (SELECT value FROM json_each(:event_ids));
