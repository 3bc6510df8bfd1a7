-- AlterTable
ALTER TABLE "absence" ADD COLUMN     "registered_by" TEXT;

-- AlterTable
ALTER TABLE "deadline" ADD COLUMN     "explained" TEXT,
ADD COLUMN     "explained_by" TEXT;

-- CreateTable
CREATE TABLE "sweep_heartbeat" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "beat_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "sweep_heartbeat_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "outage" (
    "id" UUID NOT NULL,
    "from_at" TIMESTAMPTZ(3) NOT NULL,
    "until_at" TIMESTAMPTZ(3) NOT NULL,
    "overdue" INTEGER NOT NULL,
    "oldest_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "outage_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "outage_until_at_idx" ON "outage"("until_at");

-- What the models cannot say. A guard test reads all of it from pg_catalog.
-- A clock pauses once at a time, and an early end lies within the pause.
CREATE UNIQUE INDEX deadline_pause_one_open ON deadline_pause (deadline_id) WHERE ended_at IS NULL;
ALTER TABLE deadline_pause ADD CONSTRAINT deadline_pause_ended CHECK (ended_at IS NULL OR (ended_at >= started_at AND ended_at <= ends_at));

-- Only clocks of the law are explained; whoever explained is known.
ALTER TABLE deadline ADD CONSTRAINT deadline_explained CHECK (explained IS NULL
  OR (explained IN ('given', 'asked-again', 'accepted') AND explained_by IS NOT NULL AND derivation->>'status' IN ('law', 'recalled')));
CREATE INDEX deadline_unexplained ON deadline (due_at) WHERE derivation->>'status' IN ('law', 'recalled')
  AND state <> 'lapsed' AND explained IS DISTINCT FROM 'accepted' AND (ended_at IS NULL OR ended_at > due_at);

ALTER TABLE sweep_heartbeat ADD CONSTRAINT sweep_heartbeat_one CHECK (id = 1);
ALTER TABLE outage ADD CONSTRAINT outage_order CHECK (until_at > from_at AND overdue > 0 AND oldest_at <= until_at);
