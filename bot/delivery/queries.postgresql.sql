-- PostgreSQL opens JSON lists with a function of its own. Of people there may be very many: their
-- list becomes an array first, so that each is found by an index. As a join, PostgreSQL may compare
-- all who booked with all in the list.

-- name: mailings_by_ids(ids)
SELECT * FROM mailings WHERE id = ANY (ARRAY(
  SELECT CAST(item AS bigint)
  FROM json_array_elements_text(CAST(:ids AS json)) AS given(item)
));

-- name: owe_to(mailing_id, people)!
INSERT INTO deliveries (mailing_id, person_id, lane, state, due_at, not_after)
SELECT mailings.id, CAST(item AS bigint), mailings.lane, 'due', mailings.due_at,
  mailings.not_after
FROM mailings, json_array_elements_text(CAST(:people AS json)) AS given(item)
WHERE mailings.id = :mailing_id
ON CONFLICT DO NOTHING;

-- name: read_in_order()$
-- From here to the end of the transaction. The server's counts lag behind a mailing to many that
-- has just begun: it would take few rows to be due, and so collect and sort all of them to find the
-- first.
SELECT set_config('enable_bitmapscan', 'off', true);

-- name: claim(lane, now, most, holder, busy)
-- Materialized: as a part of the join, the planner may run it again for each row, and then it takes
-- more than it should.
WITH next AS MATERIALIZED (
  SELECT id FROM deliveries
  WHERE state IN ('due', 'retry') AND lane = :lane AND due_at <= :now
    AND person_id <> ALL (ARRAY(
      SELECT CAST(item AS bigint)
      FROM json_array_elements_text(CAST(:busy AS json)) AS given(item)
    ))
  ORDER BY due_at, id LIMIT :most
  FOR UPDATE SKIP LOCKED
)
UPDATE deliveries SET state = 'claimed', claimed_by = :holder, attempts = attempts + 1
WHERE id IN (SELECT id FROM next)
RETURNING id, mailing_id, person_id, edits, album, lane, due_at, not_after, attempts;

-- name: settle(settled, holder)!
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
FROM json_to_recordset(CAST(:settled AS json)) AS item(
  delivery_id bigint, state text, reason text, message_id bigint, album text, due_at bigint,
  untried bigint, at bigint
)
WHERE deliveries.id = item.delivery_id AND deliveries.claimed_by = :holder
  AND deliveries.state IN ('claimed', 'unknown');

-- name: told_since(people, subject, kinds, since)
SELECT DISTINCT deliveries.person_id
FROM mailings JOIN deliveries ON deliveries.mailing_id = mailings.id
WHERE mailings.subject = :subject AND :kinds LIKE '%,' || mailings.kind || ',%'
  AND deliveries.edits = 0
  AND deliveries.state IN ('sent', 'unknown') AND deliveries.settled_at > :since
  AND deliveries.person_id = ANY (ARRAY(
    SELECT CAST(item AS bigint)
    FROM json_array_elements_text(CAST(:people AS json)) AS given(item)
  ));
