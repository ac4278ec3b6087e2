from pathlib import Path

import pytest

from bot.db import QuerySet


@pytest.fixture
def queries(tmp_path: Path) -> QuerySet:
    (tmp_path / "queries.sql").write_text(
        """
-- name: put(key, value)!
INSERT INTO meta (key, value) VALUES (:key, :value);
-- name: take(key)$
SELECT value FROM meta WHERE key = :key;
-- name: all_keys()
SELECT key FROM meta ORDER BY key;
-- name: put_many(key, value)*!
INSERT INTO meta (key, value) VALUES (:key, :value);
-- name: rename(old, new)^
UPDATE meta SET key = :new WHERE key = :old RETURNING key, value;
-- name: rename_plainly(old, new)!
UPDATE meta SET key = :new WHERE key = :old;
-- name: clear()!
DELETE FROM meta;
-- name: which(keys)
SELECT key FROM meta WHERE key IN (SELECT value FROM json_each(:keys)) ORDER BY key;
-- name: note(number, at)!
INSERT INTO seen (update_id, at) VALUES (:number, :at);
-- name: noted()
SELECT update_id, at FROM seen ORDER BY update_id;
-- name: count_to(most)$
WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < :most)
SELECT COUNT(*) FROM numbers;
""",
        encoding="utf-8",
    )
    (tmp_path / "queries.postgresql.sql").write_text(
        """
-- name: which(keys)
SELECT key FROM meta
WHERE key IN (SELECT json_array_elements_text(CAST(:keys AS json))) ORDER BY key;
""",
        encoding="utf-8",
    )
    return QuerySet(tmp_path)
