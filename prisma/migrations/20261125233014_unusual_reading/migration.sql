-- AlterTable
ALTER TABLE "task" ADD COLUMN     "about_person_id" TEXT;

-- CreateIndex
CREATE INDEX "read_log_at_idx" ON "read_log"("at");
