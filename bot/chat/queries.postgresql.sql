-- name: see(batch, at)
INSERT INTO seen (update_id, at)
SELECT CAST(value AS bigint), :at FROM json_array_elements_text(CAST(:batch AS json)) AS value
ON CONFLICT DO NOTHING
RETURNING update_id;

-- name: still_waiting(batch)
SELECT update_id FROM inbox
WHERE state = 'waiting' AND update_id IN (
    SELECT CAST(value AS bigint) FROM json_array_elements_text(CAST(:batch AS json)) AS value
);

-- name: hold(batch, now)!
-- Rows that are locked are being handled right now, which says as much.
UPDATE inbox SET received_at = :now
WHERE update_id IN (
    SELECT update_id FROM inbox
    WHERE update_id IN (
        SELECT CAST(value AS bigint) FROM json_array_elements_text(CAST(:batch AS json)) AS value
    )
    FOR UPDATE SKIP LOCKED
);

-- name: take_up(before, after, now)
UPDATE inbox SET received_at = :now, attempts = attempts + 1
WHERE update_id IN (
    SELECT update_id FROM inbox
    WHERE received_at < :before OR received_at > :after
    ORDER BY update_id
    FOR UPDATE
)
RETURNING update_id, person, body, replies, attempts;

-- name: remove_many(batch)!
DELETE FROM inbox
WHERE update_id IN (
    SELECT CAST(value AS bigint) FROM json_array_elements_text(CAST(:batch AS json)) AS value
);
