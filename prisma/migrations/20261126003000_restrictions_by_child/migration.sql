-- The restrictions that reach a referral, by the child that they are of: its own, under whichever record, and the children
-- named in the same notification, which tells of all. Each child's list stands for itself.
CREATE FUNCTION restrictions_by_child(referral uuid) RETURNS TABLE (child_id uuid, restriction_id uuid) LANGUAGE sql STABLE AS $$
  SELECT DISTINCT o.id, s.id FROM referral r
    CROSS JOIN LATERAL (SELECT r.child_id AS id UNION (SELECT s.child_id FROM referral s WHERE s.notification_id = r.notification_id OFFSET 0)) o
    CROSS JOIN LATERAL child_records(o.id) AS k(id)
    JOIN restriction s ON s.child_id = k.id
  WHERE r.id = referral AND s.lifted_at IS NULL AND EXISTS (SELECT FROM restriction any_standing WHERE any_standing.lifted_at IS NULL)
$$;

CREATE OR REPLACE FUNCTION restrictions_of(referral uuid) RETURNS SETOF uuid LANGUAGE sql STABLE AS $$
  SELECT DISTINCT b.restriction_id FROM restrictions_by_child(referral) b
$$;

-- Who is named for every one of those children. Of one child two restrictions meet when its records are merged: then both
-- lists count, so that nobody is lost. Of two children each keeps its own, so that nothing done for one lets anybody in to the other.
CREATE OR REPLACE FUNCTION named_people(referral uuid) RETURNS SETOF text LANGUAGE sql STABLE AS $$
  SELECT n.person_id FROM restrictions_by_child(referral) b
    JOIN restriction_name n ON n.restriction_id = b.restriction_id AND n.removed_at IS NULL
  GROUP BY n.person_id
  HAVING count(DISTINCT b.child_id) = (SELECT count(DISTINCT every_one.child_id) FROM restrictions_by_child(referral) every_one)
$$;

-- The same the other way round. A restricted referral is there for whoever is named for each child that it tells of.
CREATE OR REPLACE FUNCTION barred_referrals(person text) RETURNS SETOF uuid LANGUAGE sql STABLE AS $$
  SELECT DISTINCT o.id FROM conflict c
    CROSS JOIN LATERAL child_records(c.child_id) AS k(id)
    CROSS JOIN LATERAL (SELECT r.id, r.notification_id FROM referral r WHERE r.child_id = k.id OFFSET 0) r
    CROSS JOIN LATERAL (SELECT r.id UNION ALL (SELECT s.id FROM referral s WHERE s.notification_id = r.notification_id OFFSET 0)) o
  WHERE c.person_id = person AND c.lifted_at IS NULL
  UNION
  SELECT o.id FROM restriction s
    CROSS JOIN LATERAL child_records(s.child_id) AS k(id)
    CROSS JOIN LATERAL (SELECT r.id, r.notification_id FROM referral r WHERE r.child_id = k.id OFFSET 0) r
    CROSS JOIN LATERAL (SELECT r.id UNION ALL (SELECT s.id FROM referral s WHERE s.notification_id = r.notification_id OFFSET 0)) o
  WHERE s.lifted_at IS NULL
  GROUP BY o.id, k.id
  HAVING NOT bool_or(EXISTS (SELECT FROM restriction_name n WHERE n.restriction_id = s.id AND n.person_id = person AND n.removed_at IS NULL))
$$;
