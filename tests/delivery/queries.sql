-- name: analyse()
ANALYZE deliveries;

-- name: mailing_names()
SELECT name FROM mailings ORDER BY id;
