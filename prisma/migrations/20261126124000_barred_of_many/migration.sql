-- Whoever asks at the same instant is looked up together, and so is what they are barred from: once for all of them.
CREATE FUNCTION barred_referrals(persons text[]) RETURNS TABLE (person_id text, referral_id uuid) LANGUAGE sql STABLE AS $$
  SELECT c.person_id, o.id FROM conflict c
    CROSS JOIN LATERAL child_records(c.child_id) AS k(id)
    CROSS JOIN LATERAL (SELECT r.id, r.notification_id FROM referral r WHERE r.child_id = k.id OFFSET 0) r
    CROSS JOIN LATERAL (SELECT r.id UNION ALL (SELECT s.id FROM referral s WHERE s.notification_id = r.notification_id OFFSET 0)) o
  WHERE c.person_id = ANY (persons) AND c.lifted_at IS NULL
  UNION
  SELECT p.id, o.id FROM restriction s
    CROSS JOIN LATERAL child_records(s.child_id) AS k(id)
    CROSS JOIN LATERAL (SELECT r.id, r.notification_id FROM referral r WHERE r.child_id = k.id OFFSET 0) r
    CROSS JOIN LATERAL (SELECT r.id UNION ALL (SELECT s.id FROM referral s WHERE s.notification_id = r.notification_id OFFSET 0)) o
    CROSS JOIN unnest(persons) p(id)
    LEFT JOIN restriction_name n ON n.restriction_id = s.id AND n.person_id = p.id AND n.removed_at IS NULL
  WHERE s.lifted_at IS NULL
  GROUP BY p.id, o.id, k.id
  HAVING count(n.id) = 0
$$;

-- Processes of the version before ask for one person at a time until they are replaced.
CREATE OR REPLACE FUNCTION barred_referrals(person text) RETURNS SETOF uuid LANGUAGE sql STABLE AS $$
  SELECT referral_id FROM barred_referrals(ARRAY[person])
$$;
