-- PostgreSQL opens JSON lists with a function of its own.

-- name: left_since(form, people, before)
SELECT person_id FROM interviews
WHERE form = :form AND sealed <> '' AND updated_at <= :before
  AND person_id = ANY (ARRAY(
    SELECT CAST(item AS bigint)
    FROM json_array_elements_text(CAST(:people AS json)) AS given(item)
  ));
