-- PostgreSQL opens JSON lists with a function of its own.

-- name: left_since(form, people, before)
SELECT person_id FROM interviews
WHERE form = :form AND sealed <> '' AND updated_at <= :before
  AND person_id = ANY (ARRAY(
    SELECT CAST(item AS bigint)
    FROM json_array_elements_text(CAST(:people AS json)) AS given(item)
  ));

-- name: stir_responses()!
-- Written anew, all at once and in the order of their keys, once any stands under the number of the
-- transaction that also ended somebody's interview: there, as they came, they would name people.
WITH taken AS (
  DELETE FROM responses
  WHERE EXISTS (
    SELECT 1 FROM responses AS each JOIN interviews ON interviews.xmin::text = each.xmin::text
  )
  RETURNING key, survey_id, version, record
)
INSERT INTO responses (key, survey_id, version, record)
SELECT key, survey_id, version, record FROM taken ORDER BY key;
