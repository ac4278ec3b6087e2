-- name: to_deliver()$
-- What is due now or later, or in somebody's hands.
SELECT count(*) FROM deliveries WHERE state IN ('due', 'retry', 'claimed');

-- name: of_kind_to_deliver(kind)$
SELECT count(*) FROM deliveries JOIN mailings ON mailings.id = deliveries.mailing_id
WHERE deliveries.state IN ('due', 'retry', 'claimed') AND mailings.kind = :kind;

-- name: claimed()
SELECT id FROM deliveries WHERE state = 'claimed';

-- name: in_the_air(broadcast_id)$
SELECT count(*) FROM broadcasts JOIN deliveries ON deliveries.mailing_id = broadcasts.mailing_id
WHERE broadcasts.id = :broadcast_id AND deliveries.state = 'claimed';

-- name: holder()$
SELECT holder FROM leases WHERE name = 'delivery';

-- name: rows()
SELECT deliveries.*, mailings.kind, people.telegram_id
FROM deliveries
JOIN mailings ON mailings.id = deliveries.mailing_id
JOIN people ON people.id = deliveries.person_id;

-- name: others(ours)$
-- Connections to this database that are not ours.
SELECT 0 WHERE :ours <> '';
