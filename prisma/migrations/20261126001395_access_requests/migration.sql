-- CreateTable
CREATE TABLE "access_request" (
    "id" UUID NOT NULL,
    "referral_id" UUID NOT NULL,
    "state" TEXT NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "opened_by" TEXT NOT NULL,
    "closed_at" TIMESTAMPTZ(3),
    "closed_by" TEXT,
    "review" BYTEA NOT NULL,
    "document" BYTEA,

    CONSTRAINT "access_request_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "access_request_referral_id_idx" ON "access_request"("referral_id");

-- AddForeignKey
ALTER TABLE "access_request" ADD CONSTRAINT "access_request_referral_id_fkey" FOREIGN KEY ("referral_id") REFERENCES "referral"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- By hand: one at a time, and what is released stands.
CREATE UNIQUE INDEX access_request_one_open ON access_request (referral_id) WHERE state = 'open';
ALTER TABLE access_request ADD CONSTRAINT access_request_state CHECK (state IN ('open', 'released', 'withdrawn') AND (state = 'open') = (closed_at IS NULL AND closed_by IS NULL) AND (state = 'released') = (document IS NOT NULL));
