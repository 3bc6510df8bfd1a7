-- AlterTable
ALTER TABLE "deadline" ADD COLUMN     "subject_id" UUID;

-- AlterTable
ALTER TABLE "outbound_message" ADD COLUMN     "feedback_id" UUID;

-- AlterTable
ALTER TABLE "referral" ADD COLUMN     "decision" TEXT,
ADD COLUMN     "examination" TEXT;

-- CreateTable
CREATE TABLE "handover" (
    "id" UUID NOT NULL,
    "referral_id" UUID NOT NULL,
    "from_unit_id" TEXT NOT NULL,
    "to_unit_id" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "proposed_at" TIMESTAMPTZ(3) NOT NULL,
    "back" BOOLEAN NOT NULL,
    "chain" JSONB NOT NULL,

    CONSTRAINT "handover_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "dispute" (
    "id" UUID NOT NULL,
    "referral_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "awaited" TEXT,
    "handover_id" UUID,
    "acute" BOOLEAN NOT NULL,
    "step" INTEGER NOT NULL,
    "raised_at" TIMESTAMPTZ(3) NOT NULL,
    "raised_by" TEXT,
    "step_started_at" TIMESTAMPTZ(3) NOT NULL,
    "step_ends_at" TIMESTAMPTZ(3) NOT NULL,
    "state" TEXT NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "parties" JSONB NOT NULL,
    "party_unit_ids" TEXT[],
    "proposal" JSONB,

    CONSTRAINT "dispute_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "measure" (
    "id" UUID NOT NULL,
    "referral_id" UUID NOT NULL,
    "type" TEXT NOT NULL,
    "planned_months" INTEGER,
    "state" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "follow_ups" INTEGER NOT NULL,

    CONSTRAINT "measure_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "feedback" (
    "id" UUID NOT NULL,
    "referral_id" UUID NOT NULL,
    "tier" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "answers" UUID[],
    "template" TEXT NOT NULL,
    "told" BYTEA NOT NULL,
    "given_by" TEXT NOT NULL,
    "given_at" TIMESTAMPTZ(3) NOT NULL,
    "approved_by" TEXT,
    "delivered_at" TIMESTAMPTZ(3),

    CONSTRAINT "feedback_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "handover_referral_id_idx" ON "handover"("referral_id");

-- CreateIndex
CREATE INDEX "dispute_referral_id_idx" ON "dispute"("referral_id");

-- CreateIndex
CREATE INDEX "measure_referral_id_idx" ON "measure"("referral_id");

-- CreateIndex
CREATE INDEX "feedback_referral_id_idx" ON "feedback"("referral_id");

-- AddForeignKey
ALTER TABLE "handover" ADD CONSTRAINT "handover_referral_id_fkey" FOREIGN KEY ("referral_id") REFERENCES "referral"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "dispute" ADD CONSTRAINT "dispute_referral_id_fkey" FOREIGN KEY ("referral_id") REFERENCES "referral"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "measure" ADD CONSTRAINT "measure_referral_id_fkey" FOREIGN KEY ("referral_id") REFERENCES "referral"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "feedback" ADD CONSTRAINT "feedback_referral_id_fkey" FOREIGN KEY ("referral_id") REFERENCES "referral"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What the models cannot say. A guard test reads all of it from pg_catalog.
ALTER TABLE referral DROP CONSTRAINT referral_status;
ALTER TABLE referral ADD CONSTRAINT referral_status CHECK (status IN ('received', 'acknowledged', 'examining', 'decided', 'closed'));
ALTER TABLE referral DROP CONSTRAINT referral_handled;
ALTER TABLE referral ADD CONSTRAINT referral_handled CHECK (status NOT IN ('acknowledged', 'examining', 'decided') OR handler_id IS NOT NULL);
ALTER TABLE referral ADD CONSTRAINT referral_examination CHECK (examination IS NULL OR examination IN ('limited', 'investigation'));

-- At most one open hand-over and one open dispute or escalation per referral.
CREATE UNIQUE INDEX handover_one_open ON handover (referral_id) WHERE state = 'proposed';
CREATE UNIQUE INDEX dispute_one_open ON dispute (referral_id) WHERE state = 'open';
ALTER TABLE handover ADD CONSTRAINT handover_state CHECK (state IN ('proposed', 'accepted', 'declined', 'withdrawn'));
ALTER TABLE dispute ADD CONSTRAINT dispute_state CHECK (state IN ('open', 'settled', 'withdrawn') AND (state = 'open') = (ended_at IS NULL));
ALTER TABLE dispute ADD CONSTRAINT dispute_kind CHECK ((kind = 'escalation' AND awaited IS NOT NULL) OR (kind = 'dispute' AND awaited IS NULL));
ALTER TABLE dispute ADD CONSTRAINT dispute_parties CHECK (cardinality(party_unit_ids) > 0 AND jsonb_array_length(parties) = cardinality(party_unit_ids));
ALTER TABLE measure ADD CONSTRAINT measure_state CHECK (state IN ('running', 'ended') AND (state = 'ended') = (ended_at IS NOT NULL));
ALTER TABLE feedback ADD CONSTRAINT feedback_state CHECK (state IN ('given', 'delivered', 'awaiting-approval', 'withheld', 'refused'));
-- A withholding stands only with a second person behind it, and nothing counts as delivered without its instant.
ALTER TABLE feedback ADD CONSTRAINT feedback_second_person CHECK (state <> 'withheld' OR (approved_by IS NOT NULL AND approved_by <> given_by));
ALTER TABLE feedback ADD CONSTRAINT feedback_delivered CHECK ((state = 'delivered') <= (delivered_at IS NOT NULL));

CREATE INDEX dispute_board ON dispute (step_ends_at) WHERE state = 'open';
CREATE INDEX dispute_parties_open ON dispute USING gin (party_unit_ids) WHERE state = 'open';
CREATE INDEX handover_receiver ON handover (to_unit_id) WHERE state = 'proposed';
CREATE INDEX measure_running ON measure (referral_id) WHERE state = 'running';
