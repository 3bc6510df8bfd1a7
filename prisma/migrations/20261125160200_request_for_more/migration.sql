-- CreateTable
CREATE TABLE "request_for_more" (
    "id" UUID NOT NULL,
    "referral_id" UUID NOT NULL,
    "questions" TEXT[],
    "template" TEXT NOT NULL,
    "told" BYTEA NOT NULL,
    "state" TEXT NOT NULL,
    "asked_by" TEXT NOT NULL,
    "asked_at" TIMESTAMPTZ(3) NOT NULL,
    "closed_at" TIMESTAMPTZ(3),
    "addition_id" UUID,

    CONSTRAINT "request_for_more_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "request_for_more_referral_id_idx" ON "request_for_more"("referral_id");

-- AddForeignKey
ALTER TABLE "request_for_more" ADD CONSTRAINT "request_for_more_referral_id_fkey" FOREIGN KEY ("referral_id") REFERENCES "referral"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What the models cannot say
ALTER TABLE request_for_more ADD CONSTRAINT request_state CHECK (state IN ('open', 'answered', 'withdrawn')
  AND (state = 'open') = (closed_at IS NULL) AND (state = 'answered') = (addition_id IS NOT NULL));
ALTER TABLE request_for_more ADD CONSTRAINT request_asks CHECK (cardinality(questions) > 0);
CREATE UNIQUE INDEX request_one_open ON request_for_more (referral_id) WHERE state = 'open';
