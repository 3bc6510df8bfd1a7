-- Whoever was asked to look at what has been lifted since has their answer.
UPDATE task t SET done_at = greatest(c.lifted_at, t.opened_at), done_by = c.lifted_by, outcome = 'lifted' FROM conflict c
  WHERE t.kind = 'related-colleague' AND t.done_at IS NULL AND t.subject = c.id::text AND c.lifted_at IS NOT NULL;
