-- name: get_one_text_for_each_key()
-- A sealed text begins with the name of its key.
SELECT MIN(sealed) AS sealed FROM (
    SELECT sealed FROM needs
    UNION ALL
    SELECT sealed FROM interviews
) AS texts
WHERE sealed <> ''
GROUP BY SUBSTR(sealed, 1, 8);

-- name: silence_what_was_due(until, reason, now)!
-- To change an older message twice does no harm, and it may be behind the times.
UPDATE deliveries SET state = 'skipped', reason = :reason, settled_at = :now
WHERE state IN ('due', 'retry', 'held') AND due_at <= :until AND edits = 0;

-- name: silence_what_was_to_be_posted(until, reason, now)!
UPDATE posts SET state = 'skipped', reason = :reason, settled_at = :now
WHERE state IN ('due', 'retry', 'held') AND due_at <= :until AND edits = 0 AND card = '';

-- name: event_booked_last(now)$
SELECT events.uid FROM bookings JOIN events ON events.id = bookings.event_id
WHERE bookings.state = 'going' AND events.starts_at > :now AND events.status = 'planned'
ORDER BY bookings.booked_at DESC, bookings.id DESC LIMIT 1;
