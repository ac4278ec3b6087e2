-- PostgreSQL opens JSON lists with a function of its own. Of people there may be very many: their
-- list becomes an array first, so that each is found by an index. As a join, PostgreSQL may compare
-- all who booked with all in the list.

-- name: events_by_ids(ids)
SELECT * FROM events
WHERE id = ANY (ARRAY(
  SELECT CAST(item AS bigint)
  FROM json_array_elements_text(CAST(:ids AS json)) AS given(item)
))
ORDER BY starts_at, id;

-- name: activities_of(event_ids)
SELECT events.id AS of_event, events.fingerprint, activities.*
FROM events LEFT JOIN activities ON activities.event_id = events.id
WHERE events.id IN (
  SELECT CAST(item AS bigint)
  FROM json_array_elements_text(CAST(:event_ids AS json)) AS given(item)
)
ORDER BY events.id, activities.position, activities.id;

-- name: find_events(since, until, boroughs, or_online, kind, language, access, words, skip, most)
SELECT events.*, found.total FROM (
  SELECT id, COUNT(*) OVER () AS total FROM events
  WHERE ends_at > :since
    AND starts_at < :until
    AND status <> 'cancelled'
    AND (CAST(:boroughs AS text) = '[]' OR CAST(:boroughs AS text) LIKE '%"' || borough || '"%'
         OR (CAST(:or_online AS bigint) = 1 AND online_link <> ''))
    AND (CAST(:kind AS text) = '%' OR kind LIKE :kind)
    AND (CAST(:language AS text) = '%' OR languages LIKE :language)
    AND (CAST(:access AS text) = '%%' OR access LIKE :access)
    AND NOT EXISTS (
      SELECT 1 FROM json_array_elements_text(CAST(:words AS json)) AS given(word)
      WHERE search NOT LIKE '%' || word || '%'
    )
  ORDER BY starts_at, id
  LIMIT :most OFFSET :skip
) AS found JOIN events ON events.id = found.id
ORDER BY events.starts_at, events.id;

-- name: known_events(uids)
SELECT id, uid, sequence, fingerprint, starts_at, ends_at, venue, borough, outcode, online_link,
  status, revision
FROM events WHERE uid IN (
  SELECT item FROM json_array_elements_text(CAST(:uids AS json)) AS given(item)
);

-- name: free_places(event_ids, now)!
UPDATE events SET going = going - 1
WHERE starts_at > :now AND id IN (
  SELECT CAST(item AS bigint)
  FROM json_array_elements_text(CAST(:event_ids AS json)) AS given(item)
);

-- name: going_of(event_id, people)
SELECT person_id FROM bookings
WHERE event_id = :event_id AND state IN ('going', 'attended')
  AND person_id = ANY (ARRAY(
    SELECT CAST(item AS bigint)
    FROM json_array_elements_text(CAST(:people AS json)) AS given(item)
  ));

-- name: cards_showing(event_id, people)
SELECT person_id, message_id, look FROM cards
WHERE event_id = :event_id AND person_id = ANY (ARRAY(
  SELECT CAST(item AS bigint)
  FROM json_array_elements_text(CAST(:people AS json)) AS given(item)
));

-- name: note_shared_card(card, event_id, language, now)!
INSERT INTO shared_cards (inline_message_id, event_id, language, shared_at)
SELECT CAST(:card AS text), events.id, CAST(:language AS text), CAST(:now AS bigint)
FROM events WHERE events.id = :event_id
ON CONFLICT (inline_message_id) DO NOTHING;
