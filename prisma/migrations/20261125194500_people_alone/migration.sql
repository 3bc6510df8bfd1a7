-- What is about people takes one person unless a role of four eyes comes or goes, which the program sees to.
ALTER TABLE proposed_change DROP CONSTRAINT proposed_change_four_eyes;
ALTER TABLE proposed_change ADD CONSTRAINT proposed_change_four_eyes CHECK (
  (state IN ('confirmed', 'rejected') AND decided_by <> proposed_by)
  OR (state = 'confirmed' AND kind = 'people')
  OR (state = 'withdrawn' AND decided_by = proposed_by)
  OR state = 'proposed'
);
