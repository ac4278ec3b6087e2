-- name: get_one_text_for_each_key()
-- A sealed text begins with the name of its key.
SELECT MIN(sealed) AS sealed FROM (
    SELECT sealed FROM needs
    UNION ALL
    SELECT sealed FROM interviews
) AS texts
WHERE sealed <> ''
GROUP BY SUBSTR(sealed, 1, 8);
