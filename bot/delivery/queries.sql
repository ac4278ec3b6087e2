-- name: add_mailing(name, kind, subject, details, lane, due_at, not_after, now)<!
-- No row: it is there already.
INSERT INTO mailings (name, kind, subject, details, lane, due_at, not_after, created_at)
VALUES (:name, :kind, :subject, :details, :lane, :due_at, :not_after, :now)
ON CONFLICT (name) DO NOTHING
RETURNING id;

-- name: mailing_named(name)^
SELECT * FROM mailings WHERE name = :name;

-- name: mailings_by_ids(ids)
SELECT * FROM mailings WHERE id IN (SELECT value FROM json_each(:ids));

-- name: mailing_names_about(subject, kind)
SELECT name FROM mailings WHERE subject = :subject AND kind = :kind;

-- name: owe_to(mailing_id, people)!
-- To people named one by one.
INSERT INTO deliveries (mailing_id, person_id, lane, state, due_at, not_after)
SELECT mailings.id, item.value, mailings.lane, 'due', mailings.due_at, mailings.not_after
FROM mailings JOIN json_each(:people) AS item
WHERE mailings.id = :mailing_id
ON CONFLICT DO NOTHING;

-- name: read_in_order()$
-- Nothing: SQLite reads what is due in the order of its index.
SELECT 'off';

-- name: claim(lane, now, most, holder, busy)
-- Takes what is due, oldest first, so that nobody else sends it; not for people who are being sent
-- something just now.
UPDATE deliveries SET state = 'claimed', claimed_by = :holder, attempts = attempts + 1
WHERE id IN (
  SELECT id FROM deliveries
  WHERE state IN ('due', 'retry') AND lane = :lane AND due_at <= :now
    AND person_id NOT IN (SELECT value FROM json_each(:busy))
  ORDER BY due_at, id LIMIT :most
)
RETURNING id, mailing_id, person_id, edits, album, lane, due_at, not_after, attempts;

-- name: next_due(lane)$
-- When the first one of a lane is due; nothing where none is.
SELECT due_at FROM deliveries
WHERE state IN ('due', 'retry') AND lane = :lane
ORDER BY due_at, id LIMIT 1;

-- name: settle(settled, holder)!
-- All at once, as a JSON list. Also of what was thought lost: whoever sent it knows better, if late.
-- What would be tried again stays where it is when its mailing was paused or called off meanwhile.
UPDATE deliveries SET
  state = CASE WHEN item.state NOT IN ('due', 'retry') THEN item.state ELSE (
    SELECT CASE hold WHEN 1 THEN 'held' WHEN 2 THEN 'skipped' ELSE item.state END
    FROM mailings WHERE mailings.id = deliveries.mailing_id
  ) END,
  reason = CASE WHEN item.state NOT IN ('due', 'retry') THEN item.reason ELSE (
    SELECT CASE hold WHEN 2 THEN 'called off' ELSE item.reason END
    FROM mailings WHERE mailings.id = deliveries.mailing_id
  ) END,
  message_id = coalesce(item.message_id, deliveries.message_id),
  album = CASE item.album WHEN '' THEN deliveries.album ELSE item.album END,
  due_at = coalesce(item.due_at, deliveries.due_at),
  attempts = attempts - item.untried, settled_at = item.at, claimed_by = NULL
FROM (
  SELECT value ->> 'delivery_id' AS delivery_id, value ->> 'state' AS state,
    value ->> 'reason' AS reason, value ->> 'message_id' AS message_id,
    value ->> 'album' AS album, value ->> 'due_at' AS due_at, value ->> 'untried' AS untried,
    value ->> 'at' AS at
  FROM json_each(:settled)
) AS item
WHERE deliveries.id = item.delivery_id AND deliveries.claimed_by = :holder
  AND deliveries.state IN ('claimed', 'unknown');

-- name: lose(holder, now)!
-- What a process that is gone had in its hands. Its name stays: see settle.
UPDATE deliveries SET state = 'unknown', reason = 'crash', settled_at = :now
WHERE state = 'claimed' AND claimed_by <> :holder AND edits = 0;

-- name: take_up_edits(holder, now)!
-- A message that was changed, or taken away, is so once more without harm, unless that was paused or
-- called off meanwhile.
UPDATE deliveries SET
  state = (
    SELECT CASE hold WHEN 1 THEN 'held' WHEN 2 THEN 'skipped' ELSE 'retry' END
    FROM mailings WHERE mailings.id = deliveries.mailing_id
  ),
  reason = (
    SELECT CASE hold WHEN 2 THEN 'called off' ELSE deliveries.reason END
    FROM mailings WHERE mailings.id = deliveries.mailing_id
  ),
  settled_at = :now
WHERE state = 'claimed' AND claimed_by <> :holder AND edits <> 0;

-- name: silence(person_id, spared, reason, now)!
UPDATE deliveries SET state = 'skipped', reason = :reason, settled_at = :now
WHERE person_id = :person_id AND state IN ('due', 'retry', 'held')
  AND mailing_id NOT IN (SELECT id FROM mailings WHERE kind = :spared);

-- name: set_hold(mailing_id, hold)!
UPDATE mailings SET hold = :hold WHERE id = :mailing_id;

-- name: hold_deliveries(mailing_id)!
UPDATE deliveries SET state = 'held' WHERE mailing_id = :mailing_id AND state IN ('due', 'retry');

-- name: release_deliveries(mailing_id)!
UPDATE deliveries SET state = 'due' WHERE mailing_id = :mailing_id AND state = 'held';

-- name: call_off_deliveries(mailing_id, now)!
UPDATE deliveries SET state = 'skipped', reason = 'called off', settled_at = :now
WHERE mailing_id = :mailing_id AND state IN ('due', 'retry', 'held');

-- name: counts_of(mailing_id)
-- How the deliveries of a mailing stand.
SELECT state, reason, count(*) AS people FROM deliveries
WHERE mailing_id = :mailing_id GROUP BY state, reason ORDER BY state, reason;

-- name: owe_again(mailing_id, of_mailing)!
-- Owe to whoever got an earlier mailing, about the very message that they got.
INSERT INTO deliveries (mailing_id, person_id, edits, album, lane, state, due_at, not_after)
SELECT mailings.id, sent.person_id, sent.message_id, sent.album, mailings.lane, 'due',
  mailings.due_at, mailings.not_after
FROM mailings JOIN deliveries AS sent ON sent.mailing_id = :of_mailing
WHERE mailings.id = :mailing_id AND sent.state = 'sent' AND sent.message_id IS NOT NULL
ON CONFLICT DO NOTHING;

-- name: told_since(people, subject, kinds, since)
-- Who has been told about a subject lately by mailings of some kinds; others count theirs apart.
SELECT DISTINCT deliveries.person_id
FROM mailings JOIN deliveries ON deliveries.mailing_id = mailings.id
WHERE mailings.subject = :subject AND :kinds LIKE '%,' || mailings.kind || ',%'
  AND deliveries.edits = 0
  AND deliveries.state IN ('sent', 'unknown') AND deliveries.settled_at > :since
  AND deliveries.person_id IN (SELECT value FROM json_each(:people));

-- name: outcomes()
-- How many deliveries ended how, of those that did not simply arrive.
SELECT state, reason, count(*) AS people FROM deliveries
WHERE state IN ('failed', 'unknown') GROUP BY state, reason ORDER BY state, reason;

-- name: waiting(now)
-- What is owed already, by mailing: what is due now, or later by a time of its own.
SELECT mailings.kind, mailings.subject, mailings.details, deliveries.due_at,
  count(*) AS people
FROM deliveries JOIN mailings ON mailings.id = deliveries.mailing_id
WHERE deliveries.state IN ('due', 'retry') AND deliveries.not_after > :now
GROUP BY mailings.id, mailings.kind, mailings.subject, mailings.details, deliveries.due_at
ORDER BY deliveries.due_at, mailings.id;

-- name: deliveries_of(person_id)
SELECT mailings.kind, mailings.subject, deliveries.*
FROM deliveries JOIN mailings ON mailings.id = deliveries.mailing_id
WHERE deliveries.person_id = :person_id ORDER BY deliveries.id;

-- name: erase_deliveries(person_id)!
DELETE FROM deliveries WHERE person_id = :person_id;

-- name: forget_deliveries(before)!
DELETE FROM deliveries
WHERE mailing_id IN (SELECT id FROM mailings WHERE not_after < :before)
  AND state IN ('sent', 'skipped', 'failed', 'unknown');

-- name: forget_mailings(before)!
DELETE FROM mailings
WHERE not_after < :before
  AND NOT EXISTS (SELECT 1 FROM deliveries WHERE deliveries.mailing_id = mailings.id)
  AND NOT EXISTS (SELECT 1 FROM posts WHERE posts.mailing_id = mailings.id)
  AND NOT EXISTS (
    SELECT 1 FROM broadcasts WHERE mailings.id IN (broadcasts.mailing_id, broadcasts.recall_id)
  );

-- name: take_lease(name, holder, until, now)$
-- Whoever has it renews it; anybody takes it once it has run out. No row: somebody else has it.
INSERT INTO leases (name, holder, until) VALUES (:name, :holder, :until)
ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until = excluded.until
WHERE leases.holder = excluded.holder OR leases.until < :now
RETURNING holder;

-- name: lease_holder(name)$
SELECT holder FROM leases WHERE name = :name;

-- name: end_lease(name, holder)!
DELETE FROM leases WHERE name = :name AND holder = :holder;
