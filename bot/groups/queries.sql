-- name: meet_group(chat_id, title, language, now)^
-- A group that the bot was out of is as it was before; the title is what Telegram says now.
INSERT INTO groups (chat_id, title, language, since)
VALUES (:chat_id, :title, :language, :now)
ON CONFLICT (chat_id) DO UPDATE SET title = excluded.title, removed_at = NULL
RETURNING *;

-- name: group_of_chat(chat_id)^
SELECT * FROM groups WHERE chat_id = :chat_id;

-- name: group_by_id(id)^
SELECT * FROM groups WHERE id = :id;

-- name: set_title(chat_id, title)!
UPDATE groups SET title = :title WHERE chat_id = :chat_id AND removed_at IS NULL;

-- name: leave_group(chat_id, now)!
UPDATE groups SET title = '', removed_at = :now WHERE chat_id = :chat_id AND removed_at IS NULL;

-- name: set_kind(id, kind, borough)^
UPDATE groups SET kind = :kind, borough = :borough WHERE id = :id RETURNING *;

-- name: set_group_language(id, language)^
UPDATE groups SET language = :language WHERE id = :id RETURNING *;

-- name: move_group(id, chat_id, title)!
UPDATE groups SET chat_id = :chat_id, title = :title, removed_at = NULL WHERE id = :id;

-- name: delete_group(id)!
DELETE FROM groups WHERE id = :id;

-- name: speak(id, now, since)!
-- Nothing: it has spoken there since that moment.
UPDATE groups SET spoke_at = :now WHERE id = :id AND spoke_at <= :since;

-- name: named_groups()
-- Those that the bot is in and that get news.
SELECT * FROM groups WHERE removed_at IS NULL AND kind <> 'none' ORDER BY title, id;
