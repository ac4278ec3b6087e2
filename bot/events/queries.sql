-- Columns are named one by one in inserts only; rows become models in store.py.

-- name: event_by_id(event_id)^
SELECT * FROM events WHERE id = :event_id;

-- name: events_by_ids(ids)
SELECT * FROM events WHERE id IN (SELECT value FROM json_each(:ids)) ORDER BY starts_at, id;

-- name: events_between(since, until)
SELECT * FROM events
WHERE ends_at > :since AND ends_at <= :until AND status <> 'cancelled'
ORDER BY starts_at, id;

-- name: activities_of(event_ids)
SELECT events.id AS of_event, events.fingerprint, activities.*
FROM events LEFT JOIN activities ON activities.event_id = events.id
WHERE events.id IN (SELECT value FROM json_each(:event_ids))
ORDER BY events.id, activities.position, activities.id;

-- name: find_events(since, until, boroughs, or_online, kind, language, access, words, skip, most)
-- boroughs and words are JSON lists; language and access are patterns over sorted JSON lists. The
-- rows are wide, so they are read for one page alone, and what is not asked is not compared.
SELECT events.*, found.total FROM (
  SELECT id, COUNT(*) OVER () AS total FROM events
  WHERE ends_at > :since
    AND starts_at < :until
    AND status <> 'cancelled'
    AND (:boroughs = '[]' OR :boroughs LIKE '%"' || borough || '"%'
         OR (:or_online = 1 AND online_link <> ''))
    AND (:kind = '%' OR kind LIKE :kind)
    AND (:language = '%' OR languages LIKE :language)
    AND (:access = '%%' OR access LIKE :access)
    AND NOT EXISTS (
      SELECT 1 FROM json_each(:words) AS word WHERE search NOT LIKE '%' || word.value || '%'
    )
  ORDER BY starts_at, id
  LIMIT :most OFFSET :skip
) AS found JOIN events ON events.id = found.id
ORDER BY events.starts_at, events.id;

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
SELECT id, uid, sequence, fingerprint, starts_at, ends_at, venue, borough, outcode, online_link,
  status, revision
FROM events WHERE uid IN (SELECT value FROM json_each(:uids));

-- name: dates_ahead(now)
SELECT id, uid, sequence, fingerprint, starts_at, ends_at, venue, borough, outcode, online_link,
  status, revision
FROM events WHERE status <> 'cancelled' AND starts_at > :now;

-- name: add_event(uid, kind, title, description, starts_at, ends_at, timezone, venue, borough, outcode, latitude, longitude, online_link, organisation, topics, capacity, access, languages, status, sequence, sample, search, fingerprint, now)<!
INSERT INTO events (
  uid, kind, title, description, starts_at, ends_at, timezone, venue, borough, outcode,
  latitude, longitude, online_link, organisation, topics, capacity, going, access, languages,
  status, sequence, sample, revision, search, fingerprint, created_at, updated_at, timed_at
) VALUES (
  :uid, :kind, :title, :description, :starts_at, :ends_at, :timezone, :venue, :borough, :outcode,
  :latitude, :longitude, :online_link, :organisation, :topics, :capacity, 0, :access, :languages,
  :status, :sequence, :sample, 0, :search, :fingerprint, :now, :now, :now
) RETURNING id;

-- name: change_event(id, kind, title, description, starts_at, ends_at, timezone, venue, borough, outcode, latitude, longitude, online_link, organisation, topics, capacity, access, languages, status, sequence, sample, search, fingerprint, now)!
-- Places taken are the booking desk's: an import never touches them.
UPDATE events SET
  kind = :kind, title = :title, description = :description, starts_at = :starts_at,
  ends_at = :ends_at, timezone = :timezone, venue = :venue, borough = :borough,
  outcode = :outcode, latitude = :latitude, longitude = :longitude, online_link = :online_link,
  organisation = :organisation, topics = :topics, capacity = :capacity, access = :access,
  languages = :languages, status = :status, sequence = :sequence, sample = :sample,
  search = :search, fingerprint = :fingerprint, revision = revision + 1, updated_at = :now,
  timed_at = CASE WHEN starts_at = :starts_at AND status = :status THEN timed_at ELSE :now END
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

-- name: take_place(event_id, now)!
-- The one statement that keeps an event from being overbooked. Where there is no place to take any
-- more, `going` would be null, which it may not be: nothing of the transaction happens then.
UPDATE events SET going = CASE
  WHEN status <> 'cancelled' AND starts_at > :now AND (capacity IS NULL OR going < capacity)
  THEN going + 1 END
WHERE id = :event_id;

-- name: hold_event(event_id)^
-- Changes nothing, but keeps the row from others until the transaction ends.
UPDATE events SET going = going WHERE id = :event_id RETURNING *;

-- name: give_place_back(event_id)^
UPDATE events SET going = going - 1 WHERE id = :event_id RETURNING *;

-- name: note_going(event_id, person_id, source, now)!
-- Of somebody who is going already, the state would be null, as above.
INSERT INTO bookings (event_id, person_id, state, source, booked_at, changed_at)
VALUES (:event_id, :person_id, 'going', :source, :now, :now)
ON CONFLICT (event_id, person_id) DO UPDATE
SET state = CASE WHEN bookings.state NOT IN ('going', 'attended') THEN 'going' END,
    source = excluded.source, booked_at = excluded.booked_at, changed_at = excluded.changed_at,
    confirmed_at = NULL;

-- name: note_cancelled(event_id, person_id, now)^
-- No row: this person was not going.
UPDATE bookings SET state = 'cancelled', changed_at = :now
WHERE event_id = :event_id AND person_id = :person_id AND state = 'going'
RETURNING *;

-- name: note_confirmed(event_id, person_id, now)^
-- No row: this person is not going.
UPDATE bookings SET confirmed_at = :now
WHERE event_id = :event_id AND person_id = :person_id AND state = 'going'
RETURNING *;

-- name: ask_again(event_id)!
-- The event is not what people said yes to any more.
UPDATE bookings SET confirmed_at = NULL WHERE event_id = :event_id AND confirmed_at IS NOT NULL;

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

-- name: owe_change(mailing_id)!
-- To everybody with a place, but for those to whom an earlier change has still to be told: when
-- it is, they hear how things are by then.
INSERT INTO deliveries (mailing_id, person_id, lane, state, due_at, not_after)
SELECT mailings.id, bookings.person_id, mailings.lane, 'due', mailings.due_at, mailings.not_after
FROM mailings
JOIN bookings ON bookings.event_id = mailings.subject
JOIN people ON people.id = bookings.person_id
WHERE mailings.id = :mailing_id AND bookings.state IN ('going', 'waiting', 'offered')
  AND people.stopped_at IS NULL
  AND NOT EXISTS (
    SELECT 1 FROM deliveries AS earlier JOIN mailings AS change ON change.id = earlier.mailing_id
    WHERE earlier.person_id = bookings.person_id AND earlier.state IN ('due', 'retry')
      AND change.subject = mailings.subject AND change.kind = 'change'
  )
ON CONFLICT DO NOTHING;

-- name: owe_cards(mailing_id)!
-- To every message that shows the event.
INSERT INTO deliveries (mailing_id, person_id, edits, lane, state, due_at, not_after)
SELECT mailings.id, cards.person_id, cards.message_id, mailings.lane, 'due', mailings.due_at,
  mailings.not_after
FROM mailings
JOIN cards ON cards.event_id = mailings.subject
JOIN people ON people.id = cards.person_id
WHERE mailings.id = :mailing_id AND people.stopped_at IS NULL
ON CONFLICT DO NOTHING;

-- name: owe_shared_cards(mailing_id)!
-- To every card of the event that somebody shared in another chat.
INSERT INTO posts (mailing_id, card, state, due_at, not_after)
SELECT mailings.id, shared_cards.inline_message_id, 'due', mailings.due_at, mailings.not_after
FROM mailings JOIN shared_cards ON shared_cards.event_id = mailings.subject
WHERE mailings.id = :mailing_id
ON CONFLICT DO NOTHING;

-- name: note_shared_card(card, event_id, language, now)!
-- Telegram may name an event of which we know nothing any more.
INSERT INTO shared_cards (inline_message_id, event_id, language, shared_at)
SELECT :card, events.id, :language, :now FROM events WHERE events.id = :event_id
ON CONFLICT (inline_message_id) DO NOTHING;

-- name: language_of_card(card)$
SELECT language FROM shared_cards WHERE inline_message_id = :card;

-- name: forget_shared_cards(before)!
DELETE FROM shared_cards WHERE event_id IN (SELECT id FROM events WHERE ends_at < :before);

-- name: forget_shared_card(card)!
DELETE FROM shared_cards WHERE inline_message_id = :card;

-- name: going_to(event_id)
-- Everybody who has a place now.
SELECT person_id FROM bookings WHERE event_id = :event_id AND state = 'going';

-- name: going_of(event_id, people)
-- Who of these people has a place.
SELECT person_id FROM bookings
WHERE event_id = :event_id AND state IN ('going', 'attended')
  AND person_id IN (SELECT value FROM json_each(:people));

-- name: show_card(person_id, message_id, event_id, look, now)!
INSERT INTO cards (person_id, message_id, event_id, look, shown_at)
VALUES (:person_id, :message_id, :event_id, :look, :now)
ON CONFLICT (person_id, message_id) DO UPDATE
SET event_id = excluded.event_id, look = excluded.look, shown_at = excluded.shown_at;

-- name: show_sent_cards(telegram_id, message_id, event_id, look, now)*!
-- For messages whose number is known only once they were sent; the person may be gone by then.
INSERT INTO cards (person_id, message_id, event_id, look, shown_at)
SELECT people.id, CAST(:message_id AS bigint), CAST(:event_id AS bigint), CAST(:look AS text),
  CAST(:now AS bigint)
FROM people JOIN events ON events.id = CAST(:event_id AS bigint)
WHERE people.telegram_id = CAST(:telegram_id AS bigint)
ON CONFLICT (person_id, message_id) DO NOTHING;

-- name: hide_card(person_id, message_id)!
DELETE FROM cards WHERE person_id = :person_id AND message_id = :message_id;

-- name: cards_showing(event_id, people)
SELECT person_id, message_id, look FROM cards
WHERE event_id = :event_id AND person_id IN (SELECT value FROM json_each(:people));

-- name: cards_of(person_id)
SELECT event_id, message_id FROM cards WHERE person_id = :person_id ORDER BY message_id;

-- name: erase_cards(person_id)!
DELETE FROM cards WHERE person_id = :person_id;

-- name: forget_cards(before)!
DELETE FROM cards WHERE shown_at < :before;
