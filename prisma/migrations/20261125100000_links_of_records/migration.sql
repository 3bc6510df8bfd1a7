-- A link binds the two records that were found to be of one child, whatever else they resolve to by then: a record may
-- so be named in several links, and undoing one of them takes nothing from the others.
DROP INDEX child_link_one_survivor;
DROP INDEX child_link_one_pair;
CREATE UNIQUE INDEX child_link_one_pair ON child_link (kind, least(from_child_id, into_child_id), greatest(from_child_id, into_child_id)) WHERE undone_at IS NULL;
