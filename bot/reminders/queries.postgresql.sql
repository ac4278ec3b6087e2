-- PostgreSQL opens JSON lists with a function of its own. Of people there may be very many: their
-- list becomes an array first, so that each is found by an index. As a join, PostgreSQL may compare
-- all who booked with all in the list.

-- name: choices_of(people)
SELECT person_id, leads FROM reminders
WHERE person_id = ANY (ARRAY(
    SELECT CAST(item AS bigint)
    FROM json_array_elements_text(CAST(:people AS json)) AS given(item)
  ));

-- name: planned(events)
SELECT name FROM mailings
WHERE kind IN ('reminder', 'thanks') AND subject = ANY (ARRAY(
    SELECT CAST(item AS bigint)
    FROM json_array_elements_text(CAST(:events AS json)) AS given(item)
  ));

-- name: wanted(events)
SELECT bookings.event_id, reminders.leads, count(*) AS people
FROM bookings
JOIN reminders ON reminders.person_id = bookings.person_id
JOIN people ON people.id = bookings.person_id
WHERE bookings.event_id IN (
    SELECT CAST(item AS bigint)
    FROM json_array_elements_text(CAST(:events AS json)) AS given(item)
  )
  AND bookings.state = 'going' AND people.stopped_at IS NULL
GROUP BY bookings.event_id, reminders.leads;

-- name: places_of(people, since, until)
SELECT bookings.person_id, bookings.event_id, bookings.booked_at, bookings.confirmed_at
FROM bookings JOIN events ON events.id = bookings.event_id
WHERE bookings.person_id = ANY (ARRAY(
    SELECT CAST(item AS bigint)
    FROM json_array_elements_text(CAST(:people AS json)) AS given(item)
  ))
  AND bookings.state IN ('going', 'attended')
  AND events.starts_at >= :since AND events.starts_at < :until AND events.status = 'planned'
ORDER BY events.starts_at, events.id;

-- name: reminded_of(people, events)
SELECT deliveries.person_id, mailings.subject, mailings.details, deliveries.settled_at
FROM mailings JOIN deliveries ON deliveries.mailing_id = mailings.id
WHERE mailings.kind = 'reminder' AND deliveries.state = 'sent'
  AND mailings.subject = ANY (ARRAY(
    SELECT CAST(item AS bigint)
    FROM json_array_elements_text(CAST(:events AS json)) AS given(item)
  ))
  AND deliveries.person_id = ANY (ARRAY(
    SELECT CAST(item AS bigint)
    FROM json_array_elements_text(CAST(:people AS json)) AS given(item)
  ));

-- name: who_gave_feedback(event_id, people)
SELECT person_id FROM feedback_given
WHERE event_id = :event_id AND person_id = ANY (ARRAY(
    SELECT CAST(item AS bigint)
    FROM json_array_elements_text(CAST(:people AS json)) AS given(item)
  ));

-- name: unanswered(event_id, names)
SELECT bookings.*, asked.asked_at
FROM bookings
JOIN (
  SELECT deliveries.person_id, min(deliveries.settled_at) AS asked_at
  FROM mailings
  JOIN events ON events.id = mailings.subject
  JOIN deliveries ON deliveries.mailing_id = mailings.id
  JOIN bookings AS held
    ON held.event_id = events.id AND held.person_id = deliveries.person_id
  WHERE mailings.name IN (
      SELECT item FROM json_array_elements_text(CAST(:names AS json)) AS given(item)
    )
    AND (deliveries.state = 'sent'
      OR (deliveries.state = 'skipped' AND deliveries.reason = 'told already'))
    AND deliveries.settled_at >= events.timed_at AND deliveries.settled_at >= held.booked_at
  GROUP BY deliveries.person_id
) AS asked ON asked.person_id = bookings.person_id
WHERE bookings.event_id = :event_id AND bookings.state = 'going'
  AND bookings.confirmed_at IS NULL
ORDER BY asked.asked_at, bookings.id;
