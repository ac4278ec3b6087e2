-- name: owe_to_groups(mailing_id, groups)!
INSERT INTO posts (mailing_id, group_id, state, due_at, not_after)
SELECT mailings.id, groups.id, 'due', mailings.due_at, mailings.not_after
FROM mailings CROSS JOIN groups
WHERE mailings.id = :mailing_id AND groups.removed_at IS NULL AND groups.id IN (
  SELECT CAST(item AS bigint) FROM json_array_elements_text(CAST(:groups AS json)) AS given(item)
) AND groups.id NOT IN (
  SELECT own.group_id FROM posts AS own WHERE own.mailing_id = mailings.id
)
ON CONFLICT DO NOTHING;

-- name: posts_by_ids(ids)
SELECT posts.*, mailings.lane, groups.chat_id, groups.title, groups.kind, groups.borough,
  groups.language, groups.since, groups.removed_at
FROM posts
JOIN mailings ON mailings.id = posts.mailing_id
LEFT JOIN groups ON groups.id = posts.group_id
WHERE posts.id IN (
  SELECT CAST(item AS bigint) FROM json_array_elements_text(CAST(:ids AS json)) AS given(item)
)
ORDER BY posts.due_at, posts.id;
