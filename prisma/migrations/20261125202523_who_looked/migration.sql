-- CreateIndex
CREATE INDEX "read_log_referral_ids_idx" ON "read_log" USING GIN ("referral_ids");
