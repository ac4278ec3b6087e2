-- name: owe_to_groups(mailing_id, groups)!
-- To groups named one by one. One that is owed a change of what it has gets nothing new besides.
INSERT INTO posts (mailing_id, group_id, state, due_at, not_after)
SELECT mailings.id, groups.id, 'due', mailings.due_at, mailings.not_after
FROM mailings CROSS JOIN groups
WHERE mailings.id = :mailing_id AND groups.removed_at IS NULL
  AND groups.id IN (SELECT value FROM json_each(:groups))
  AND groups.id NOT IN (SELECT own.group_id FROM posts AS own WHERE own.mailing_id = mailings.id)
ON CONFLICT DO NOTHING;

-- name: owe_posts_again(mailing_id, of_mailing, groups)!
-- About the very messages that an earlier mailing has put into some groups, or into all.
INSERT INTO posts (mailing_id, group_id, edits, album, state, due_at, not_after)
SELECT mailings.id, sent.group_id, sent.message_id, sent.album, 'due', mailings.due_at,
  mailings.not_after
FROM mailings JOIN posts AS sent ON sent.mailing_id = :of_mailing
WHERE mailings.id = :mailing_id AND sent.state = 'sent' AND sent.message_id IS NOT NULL
  AND (:groups = 'all' OR :groups LIKE '%,' || CAST(sent.group_id AS TEXT) || ',%')
ON CONFLICT DO NOTHING;

-- name: claim_posts(now, most, holder)
UPDATE posts SET state = 'claimed', claimed_by = :holder, attempts = attempts + 1
WHERE id IN (
  SELECT posts.id FROM posts JOIN mailings ON mailings.id = posts.mailing_id
  WHERE posts.state IN ('due', 'retry') AND posts.due_at <= :now AND mailings.hold = 0
  ORDER BY posts.due_at, posts.id LIMIT :most
)
RETURNING id;

-- name: posts_by_ids(ids)
SELECT posts.*, mailings.lane, groups.chat_id, groups.title, groups.kind, groups.borough,
  groups.language, groups.since, groups.removed_at
FROM posts
JOIN mailings ON mailings.id = posts.mailing_id
LEFT JOIN groups ON groups.id = posts.group_id
WHERE posts.id IN (SELECT value FROM json_each(:ids))
ORDER BY posts.due_at, posts.id;

-- name: next_post_due()$
SELECT posts.due_at FROM posts JOIN mailings ON mailings.id = posts.mailing_id
WHERE posts.state IN ('due', 'retry') AND mailings.hold = 0
ORDER BY posts.due_at, posts.id LIMIT 1;

-- name: settle_post(id, state, reason, message_id, album, due_at, untried, holder, now)!
-- Also of what was thought lost. What would be tried again stays where it is when its mailing was
-- paused or called off meanwhile.
UPDATE posts SET
  state = CASE WHEN CAST(:state AS text) NOT IN ('due', 'retry') THEN CAST(:state AS text) ELSE (
    SELECT CASE hold WHEN 1 THEN 'held' WHEN 2 THEN 'skipped' ELSE CAST(:state AS text) END
    FROM mailings WHERE mailings.id = posts.mailing_id
  ) END,
  reason = CASE WHEN CAST(:state AS text) NOT IN ('due', 'retry') THEN CAST(:reason AS text) ELSE (
    SELECT CASE hold WHEN 2 THEN 'called off' ELSE CAST(:reason AS text) END
    FROM mailings WHERE mailings.id = posts.mailing_id
  ) END,
  message_id = coalesce(CAST(:message_id AS bigint), message_id),
  album = CASE CAST(:album AS text) WHEN '' THEN album ELSE CAST(:album AS text) END,
  due_at = coalesce(CAST(:due_at AS bigint), due_at),
  attempts = attempts - CAST(:untried AS bigint), settled_at = CAST(:now AS bigint),
  claimed_by = NULL
WHERE id = :id AND claimed_by = :holder AND state IN ('claimed', 'unknown');

-- name: lose_posts(holder, now)!
-- What a process that is gone had in its hands. What only changes a message is done again, unless
-- that was paused or called off meanwhile.
UPDATE posts SET
  state = CASE WHEN card = '' AND edits = 0 THEN 'unknown' ELSE (
    SELECT CASE hold WHEN 1 THEN 'held' WHEN 2 THEN 'skipped' ELSE 'retry' END
    FROM mailings WHERE mailings.id = posts.mailing_id
  ) END,
  reason = CASE WHEN card = '' AND edits = 0 THEN 'crash' ELSE (
    SELECT CASE hold WHEN 2 THEN 'called off' ELSE 'crash' END
    FROM mailings WHERE mailings.id = posts.mailing_id
  ) END,
  settled_at = :now
WHERE state = 'claimed' AND claimed_by <> :holder;

-- name: silence_group(group_id, reason, now)!
UPDATE posts SET state = 'skipped', reason = :reason, settled_at = :now
WHERE group_id = :group_id AND state IN ('due', 'retry', 'held');

-- name: hand_over(old, new)!
-- Another group's posts become this one's, but for what this one has already.
UPDATE posts SET group_id = :new
WHERE group_id = :old AND NOT EXISTS (
  SELECT 1 FROM posts AS own
  WHERE own.group_id = :new AND own.mailing_id = posts.mailing_id AND own.edits = posts.edits
);

-- name: delete_posts_of(group_id)!
DELETE FROM posts WHERE group_id = :group_id;

-- name: hold_posts(mailing_id)!
UPDATE posts SET state = 'held' WHERE mailing_id = :mailing_id AND state IN ('due', 'retry');

-- name: release_posts(mailing_id)!
UPDATE posts SET state = 'due' WHERE mailing_id = :mailing_id AND state = 'held';

-- name: call_off_posts(mailing_id, now)!
UPDATE posts SET state = 'skipped', reason = 'called off', settled_at = :now
WHERE mailing_id = :mailing_id AND state IN ('due', 'retry', 'held');

-- name: count_posts(mailing_id)
SELECT state, reason, count(*) AS posts FROM posts
WHERE mailing_id = :mailing_id GROUP BY state, reason ORDER BY state, reason;

-- name: forget_posts(before)!
DELETE FROM posts
WHERE not_after < :before AND state IN ('sent', 'skipped', 'failed', 'unknown');
