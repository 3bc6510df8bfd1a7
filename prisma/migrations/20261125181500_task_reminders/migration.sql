-- AlterTable
ALTER TABLE "task" ADD COLUMN     "next_reminder_at" TIMESTAMPTZ(3);

-- What stands open since before is told with the next look; the partial index is read in its order.
UPDATE task SET next_reminder_at = opened_at WHERE done_at IS NULL;
CREATE INDEX task_reminder ON task (next_reminder_at) WHERE done_at IS NULL;
