  SELECT people.id, people.language, coalesce(people.borough, '') AS borough,
    CASE
      WHEN people.blocked_at IS NOT NULL THEN 'blocked'
      WHEN people.stopped_at IS NOT NULL THEN 'stopped'
      WHEN :basis = 'news' AND coalesce((
        SELECT given FROM consents
        WHERE consents.person_id = people.id AND consents.purpose = 'news'
        ORDER BY consents.id DESC LIMIT 1
      ), 0) = 0 THEN 'not wanted'
      WHEN :not_booked <> '' AND EXISTS (
        SELECT 1 FROM bookings WHERE bookings.person_id = people.id
          AND bookings.state IN ('going', 'attended')
          AND :not_booked LIKE '%,' || CAST(bookings.event_id AS TEXT) || ',%'
      ) THEN 'has a place'
      WHEN CAST(:told_since AS BIGINT) > 0 AND EXISTS (
        SELECT 1 FROM deliveries JOIN mailings ON mailings.id = deliveries.mailing_id
        WHERE deliveries.person_id = people.id AND mailings.kind = 'broadcast'
          AND deliveries.edits = 0 AND deliveries.state IN ('sent', 'unknown')
          AND deliveries.settled_at > CAST(:told_since AS BIGINT)
      ) THEN 'told already'
      WHEN :most > 0 AND (
        SELECT count(*) FROM deliveries
        WHERE deliveries.person_id = people.id AND deliveries.lane = :lane
          AND deliveries.edits = 0 AND deliveries.state IN ('sent', 'unknown')
          AND deliveries.settled_at > :counted_since
      ) >= :most THEN 'enough for now'
      ELSE ''
    END AS reason
  FROM people
  WHERE people.language IS NOT NULL
    AND (:within_boroughs = '' OR :within_boroughs LIKE '%,' || people.borough || ',%')
    AND (:within_groups = '' OR EXISTS (
      SELECT 1 FROM follows WHERE follows.person_id = people.id AND follows.kind = 'group'
        AND :within_groups LIKE '%,' || follows.key || ',%'
    ))
    AND (:needed = 0 OR (
      CASE WHEN :boroughs <> '' AND (
        :boroughs LIKE '%,' || people.borough || ',%' OR EXISTS (
          SELECT 1 FROM follows WHERE follows.person_id = people.id
            AND follows.kind = 'borough' AND :boroughs LIKE '%,' || follows.key || ',%'
        )) THEN 1 ELSE 0 END
      + CASE WHEN :languages LIKE '%,' || people.language || ',%' THEN 1 ELSE 0 END
      + CASE WHEN :interests <> '' AND EXISTS (
          SELECT 1 FROM follows WHERE follows.person_id = people.id
            AND follows.kind = 'interest' AND :interests LIKE '%,' || follows.key || ',%'
        ) THEN 1 ELSE 0 END
      + CASE WHEN :groups <> '' AND EXISTS (
          SELECT 1 FROM follows WHERE follows.person_id = people.id
            AND follows.kind = 'group' AND :groups LIKE '%,' || follows.key || ',%'
        ) THEN 1 ELSE 0 END
      + CASE WHEN :roles <> '' AND EXISTS (
          SELECT 1 FROM roles WHERE roles.person_id = people.id
            AND :roles LIKE '%,' || roles.role || ',%'
        ) THEN 1 ELSE 0 END
      + CASE WHEN :booked <> '' AND EXISTS (
          SELECT 1 FROM bookings WHERE bookings.person_id = people.id
            AND bookings.state IN ('going', 'attended')
            AND :booked LIKE '%,' || CAST(bookings.event_id AS TEXT) || ',%'
        ) THEN 1 ELSE 0 END
      + CASE WHEN :attended <> '' AND EXISTS (
          SELECT 1 FROM bookings JOIN events ON events.id = bookings.event_id
          WHERE bookings.person_id = people.id AND bookings.state IN ('going', 'attended')
            AND events.ends_at < :now
            AND :attended LIKE '%,' || CAST(bookings.event_id AS TEXT) || ',%'
        ) THEN 1 ELSE 0 END
      + CASE WHEN CAST(:got AS BIGINT) > 0 AND EXISTS (
          SELECT 1 FROM deliveries WHERE deliveries.person_id = people.id
            AND deliveries.mailing_id = CAST(:got AS BIGINT) AND deliveries.state IN ('sent', 'unknown')
        ) THEN 1 ELSE 0 END
    ) >= :needed)
