-- CreateTable
CREATE TABLE "unit_change" (
    "id" UUID NOT NULL,
    "change" JSONB NOT NULL,
    "state" TEXT NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "next_at" TIMESTAMPTZ(3),
    "moved" JSONB,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "unit_change_pkey" PRIMARY KEY ("id")
);

-- What the models cannot say. A guard test reads all of it from pg_catalog.
-- What has not ended is looked at again.
ALTER TABLE unit_change ADD CONSTRAINT unit_change_state CHECK (state IN ('planned', 'running', 'settling', 'done', 'lapsed')
  AND (state IN ('done', 'lapsed')) = (ended_at IS NOT NULL) AND (ended_at IS NULL) = (next_at IS NOT NULL));
CREATE INDEX unit_change_due ON unit_change (next_at) WHERE next_at IS NOT NULL;
-- What another unit holds for the closing one: few at any time.
CREATE INDEX referral_held_for ON referral (responsible_unit_id) WHERE closed_at IS NULL AND responsible_unit_id <> owner_unit_id;
