-- PostgreSQL opens JSON lists with a function of its own. Of people there may be very many: their
-- list becomes an array first, so that each is found by an index. As a join, PostgreSQL may compare
-- all who booked with all in the list.

-- name: people_by_ids(ids)
SELECT * FROM people WHERE id = ANY (ARRAY(
  SELECT CAST(item AS bigint)
  FROM json_array_elements_text(CAST(:ids AS json)) AS given(item)
));
