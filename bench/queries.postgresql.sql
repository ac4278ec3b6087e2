-- name: meet(last, languages, count, now)!
INSERT INTO people (telegram_id, language, borough, created_at)
SELECT n, CAST(:languages AS json) ->> CAST(n % CAST(:count AS bigint) AS integer), 'brent',
  CAST(:now AS bigint)
FROM generate_series(CAST(1 AS bigint), CAST(:last AS bigint)) AS numbers(n);
