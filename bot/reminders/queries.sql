-- name: choice_of(person_id)^
SELECT * FROM reminders WHERE person_id = :person_id;

-- name: choices_of(people)
SELECT person_id, leads FROM reminders
WHERE person_id IN (SELECT value FROM json_each(:people));

-- name: choose(person_id, leads, now)!
INSERT INTO reminders (person_id, leads, updated_at) VALUES (:person_id, :leads, :now)
ON CONFLICT (person_id) DO UPDATE SET leads = excluded.leads, updated_at = excluded.updated_at;

-- name: erase_choice(person_id)!
DELETE FROM reminders WHERE person_id = :person_id;

-- name: times_of_events(since, until)
-- Events that begin or end around now; those that do not happen as planned have no reminders.
SELECT id, title, starts_at, ends_at, timed_at FROM events
WHERE ends_at > :since AND starts_at < :until AND status = 'planned'
ORDER BY starts_at, id;

-- name: planned(events)
SELECT name FROM mailings
WHERE kind IN ('reminder', 'thanks') AND subject IN (SELECT value FROM json_each(:events));

-- name: owe_reminder(mailing_id, lead, nearer, now)!
-- To everybody with a place who wants this one. Who booked after it was due has been told then.
-- Who also wants one nearer to the event that is due as well gets that alone; and what is too
-- late for all is noted for all.
INSERT INTO deliveries (mailing_id, person_id, lane, state, reason, due_at, not_after, settled_at)
SELECT mailings.id, bookings.person_id, mailings.lane,
  CASE WHEN mailings.not_after <= :now OR reminders.leads & :nearer <> 0
    THEN 'skipped' ELSE 'due' END,
  CASE WHEN mailings.not_after <= :now OR reminders.leads & :nearer <> 0
    THEN 'missed' ELSE '' END,
  mailings.due_at, mailings.not_after,
  CASE WHEN mailings.not_after <= :now OR reminders.leads & :nearer <> 0
    THEN CAST(:now AS bigint) END
FROM mailings
JOIN bookings ON bookings.event_id = mailings.subject
JOIN reminders ON reminders.person_id = bookings.person_id
JOIN people ON people.id = bookings.person_id
WHERE mailings.id = :mailing_id
  AND bookings.state IN ('going', 'attended') AND bookings.booked_at < mailings.due_at
  AND reminders.leads & :lead <> 0 AND people.stopped_at IS NULL
ON CONFLICT DO NOTHING;

-- name: wanted(events)
-- How many people with a place at each event chose what.
SELECT bookings.event_id, reminders.leads, count(*) AS people
FROM bookings
JOIN reminders ON reminders.person_id = bookings.person_id
JOIN people ON people.id = bookings.person_id
WHERE bookings.event_id IN (SELECT value FROM json_each(:events))
  AND bookings.state = 'going' AND people.stopped_at IS NULL
GROUP BY bookings.event_id, reminders.leads;

-- name: places_of(people, since, until)
-- Where these people have a place, among the events that begin in a span of time.
SELECT bookings.person_id, bookings.event_id, bookings.booked_at, bookings.confirmed_at
FROM bookings JOIN events ON events.id = bookings.event_id
WHERE bookings.person_id IN (SELECT value FROM json_each(:people))
  AND bookings.state IN ('going', 'attended')
  AND events.starts_at >= :since AND events.starts_at < :until AND events.status = 'planned'
ORDER BY events.starts_at, events.id;

-- name: reminded_of(people, events)
-- What reminders of these events these people were sent, and when.
SELECT deliveries.person_id, mailings.subject, mailings.details, deliveries.settled_at
FROM mailings JOIN deliveries ON deliveries.mailing_id = mailings.id
WHERE mailings.kind = 'reminder' AND deliveries.state = 'sent'
  AND mailings.subject IN (SELECT value FROM json_each(:events))
  AND deliveries.person_id IN (SELECT value FROM json_each(:people));

-- name: give_feedback(person_id, event_id)!
INSERT INTO feedback_given (person_id, event_id) VALUES (:person_id, :event_id)
ON CONFLICT DO NOTHING;

-- name: count_answer(event_id, answer)!
INSERT INTO feedback (event_id, answer, people) VALUES (:event_id, :answer, 1)
ON CONFLICT (event_id, answer) DO UPDATE SET people = feedback.people + 1;

-- name: who_gave_feedback(event_id, people)
SELECT person_id FROM feedback_given
WHERE event_id = :event_id AND person_id IN (SELECT value FROM json_each(:people));

-- name: feedback_on(event_id)
SELECT answer, people FROM feedback WHERE event_id = :event_id;

-- name: feedback_given_by(person_id)
SELECT event_id FROM feedback_given WHERE person_id = :person_id ORDER BY event_id;

-- name: erase_feedback_given(person_id)!
-- The counts stay: nothing in them says who was counted.
DELETE FROM feedback_given WHERE person_id = :person_id;

-- name: forget_feedback_given(before)!
DELETE FROM feedback_given WHERE event_id IN (SELECT id FROM events WHERE ends_at < :before);

-- name: booked_events(since, now, skip, most)
-- Events that anybody booked: those to come, the soonest first, then what is over, the latest first.
SELECT id, COUNT(*) OVER () AS total FROM events
WHERE ends_at > :since
  AND EXISTS (SELECT 1 FROM bookings WHERE bookings.event_id = events.id)
ORDER BY CASE WHEN ends_at > :now THEN 0 ELSE 1 END,
  CASE WHEN ends_at > :now THEN starts_at ELSE -starts_at END, id
LIMIT :most OFFSET :skip;

-- name: answers_about(event_id)^
SELECT
  count(CASE WHEN state IN ('going', 'attended') THEN 1 END) AS going,
  count(CASE WHEN state IN ('going', 'attended') AND confirmed_at IS NOT NULL THEN 1 END)
    AS confirmed,
  count(CASE WHEN state = 'cancelled' THEN 1 END) AS gave_up
FROM bookings WHERE event_id = :event_id;

-- name: unanswered(event_id, names)
-- Who was asked by one of these mailings and has not answered, the longest asked first. Only what
-- came after the event got its present time, and after the booking, asked about that. Whoever was
-- told already, with another event of the same day or with a change, was asked by that message.
SELECT bookings.*, asked.asked_at
FROM bookings
JOIN (
  SELECT deliveries.person_id, min(deliveries.settled_at) AS asked_at
  FROM mailings
  JOIN events ON events.id = mailings.subject
  JOIN deliveries ON deliveries.mailing_id = mailings.id
  JOIN bookings AS held
    ON held.event_id = events.id AND held.person_id = deliveries.person_id
  WHERE mailings.name IN (SELECT value FROM json_each(:names))
    AND (deliveries.state = 'sent'
      OR (deliveries.state = 'skipped' AND deliveries.reason = 'told already'))
    AND deliveries.settled_at >= events.timed_at AND deliveries.settled_at >= held.booked_at
  GROUP BY deliveries.person_id
) AS asked ON asked.person_id = bookings.person_id
WHERE bookings.event_id = :event_id AND bookings.state = 'going'
  AND bookings.confirmed_at IS NULL
ORDER BY asked.asked_at, bookings.id;
