-- AlterTable
ALTER TABLE "task" ADD COLUMN     "except_ids" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- What the models cannot say. Whoever has it is never one who must not; of those who stood before, whom they ask about.
UPDATE task SET except_ids = ARRAY[about_person_id] WHERE about_person_id IS NOT NULL;
-- Who said that a colleague, or they themselves, are related to the child, does not look whether it is right.
UPDATE task t SET except_ids = array_append(t.except_ids, c.made_by) FROM conflict c
  WHERE t.kind = 'related-colleague' AND t.subject = c.id::text AND c.made_by <> t.about_person_id;
