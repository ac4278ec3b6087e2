-- PostgreSQL opens JSON lists with a function of its own; as an array, each is found by an index.

-- name: enough_for(people, mailing_id, most, counted_since)
-- Who of these was sent as many as anybody may be sent, by other mailings than this one.
SELECT deliveries.person_id
FROM deliveries JOIN mailings ON mailings.id = deliveries.mailing_id
WHERE deliveries.person_id = ANY (ARRAY(
    SELECT CAST(item AS bigint)
    FROM json_array_elements_text(CAST(:people AS json)) AS listed(item)
  ))
  AND mailings.kind IN ('broadcast', 'invitation', 'digest') AND mailings.id <> :mailing_id
  AND deliveries.edits = 0 AND deliveries.state IN ('sent', 'unknown')
  AND deliveries.settled_at > :counted_since
GROUP BY deliveries.person_id HAVING count(*) >= :most;

-- name: wanting_news(people)
-- Who of these still agrees to news.
SELECT person_id FROM consents AS newest
WHERE person_id = ANY (ARRAY(
    SELECT CAST(item AS bigint)
    FROM json_array_elements_text(CAST(:people AS json)) AS listed(item)
  )) AND purpose = 'news'
  AND newest.given = 1
  AND id = (
    SELECT max(id) FROM consents
    WHERE consents.person_id = newest.person_id AND consents.purpose = 'news'
  );

-- name: with_places(people, events)
-- Who of these has a place at one of some events.
SELECT DISTINCT person_id FROM bookings
WHERE person_id = ANY (ARRAY(
    SELECT CAST(item AS bigint)
    FROM json_array_elements_text(CAST(:people AS json)) AS listed(item)
  )) AND state IN ('going', 'attended')
  AND :events LIKE '%,' || CAST(event_id AS TEXT) || ',%';
