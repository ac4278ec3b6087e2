-- PostgreSQL opens JSON lists with a function of its own; as an array, each is found by an index.

-- name: enough_for(people, mailing_id, lane, most, counted_since)
-- Who of these was sent as many as anybody may be sent, by other mailings than this one.
SELECT person_id FROM deliveries
WHERE person_id = ANY (ARRAY(
    SELECT CAST(item AS bigint)
    FROM json_array_elements_text(CAST(:people AS json)) AS listed(item)
  ))
  AND lane = :lane AND mailing_id <> :mailing_id
  AND edits = 0 AND state IN ('sent', 'unknown') AND settled_at > :counted_since
GROUP BY person_id HAVING count(*) >= :most;

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

-- name: with_roles(people, roles)
-- Who of these has one of some roles.
SELECT DISTINCT person_id FROM roles
WHERE person_id = ANY (ARRAY(
    SELECT CAST(item AS bigint)
    FROM json_array_elements_text(CAST(:people AS json)) AS listed(item)
  )) AND :roles LIKE '%,' || role || ',%';

-- name: with_places(people, events)
-- Who of these has a place at one of some events.
SELECT DISTINCT person_id FROM bookings
WHERE person_id = ANY (ARRAY(
    SELECT CAST(item AS bigint)
    FROM json_array_elements_text(CAST(:people AS json)) AS listed(item)
  )) AND state IN ('going', 'attended')
  AND :events LIKE '%,' || CAST(event_id AS TEXT) || ',%';
