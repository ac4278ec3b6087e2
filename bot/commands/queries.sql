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
WHERE state IN ('due', 'retry') AND due_at <= :until AND edits = 0;
