-- AlterTable
ALTER TABLE "attachment" ADD COLUMN     "draft_id" UUID,
ADD COLUMN     "notification_id" UUID,
ALTER COLUMN "referral_id" DROP NOT NULL;

-- CreateIndex
CREATE INDEX "attachment_draft_id_idx" ON "attachment"("draft_id");

-- CreateIndex
CREATE INDEX "attachment_notification_id_idx" ON "attachment"("notification_id");

-- AddForeignKey
ALTER TABLE "attachment" ADD CONSTRAINT "attachment_draft_id_fkey" FOREIGN KEY ("draft_id") REFERENCES "draft"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "attachment" ADD CONSTRAINT "attachment_notification_id_fkey" FOREIGN KEY ("notification_id") REFERENCES "notification"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- By hand: a file is of one case, one draft or one notification.
ALTER TABLE attachment ADD CONSTRAINT attachment_of_one CHECK (num_nonnulls(referral_id, draft_id, notification_id) = 1);
