-- name: people_by_ids(ids)
SELECT * FROM people WHERE id IN (
  SELECT CAST(item AS bigint) FROM json_array_elements_text(CAST(:ids AS json)) AS given(item)
);
