-- name: others(ours)$
-- A server takes a moment to notice that whoever was connected is dead.
SELECT count(*) FROM pg_stat_activity
WHERE datname = current_database() AND application_name <> :ours
  AND backend_type = 'client backend';
