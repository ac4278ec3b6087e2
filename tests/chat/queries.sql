-- name: all_updates()
SELECT * FROM inbox;
