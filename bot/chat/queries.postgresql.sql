-- name: see(batch, at)
INSERT INTO seen (update_id, at)
SELECT CAST(value AS bigint), :at FROM json_array_elements_text(CAST(:batch AS json)) AS value
ON CONFLICT DO NOTHING
RETURNING update_id;

-- name: remove_many(batch)!
DELETE FROM inbox
WHERE update_id IN (
    SELECT CAST(value AS bigint) FROM json_array_elements_text(CAST(:batch AS json)) AS value
);
