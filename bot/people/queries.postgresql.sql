-- PostgreSQL opens JSON lists with a function of its own. Of people there may be very many: their
-- list becomes an array first, so that each is found by an index. As a join, PostgreSQL may compare
-- all who booked with all in the list.

-- name: people_by_ids(ids)
SELECT * FROM people WHERE id = ANY (ARRAY(
  SELECT CAST(item AS bigint)
  FROM json_array_elements_text(CAST(:ids AS json)) AS given(item)
));

-- name: agreed_needs(people, purpose)
SELECT needs.* FROM needs
WHERE needs.person_id = ANY (ARRAY(
    SELECT CAST(item AS bigint)
    FROM json_array_elements_text(CAST(:people AS json)) AS given(item)
  ))
  AND (
    SELECT consents.given FROM consents
    WHERE consents.person_id = needs.person_id AND consents.purpose = :purpose
    ORDER BY consents.id DESC LIMIT 1
  ) = 1;

-- name: lock_role(role)
-- Of two works that each take one of the last two admins away, the second waits, and sees one.
SELECT id FROM roles WHERE role = :role ORDER BY id FOR UPDATE;
