-- AlterTable
ALTER TABLE "outbound_message" ADD COLUMN     "acted_at" TIMESTAMPTZ(3),
ADD COLUMN     "acted_by" TEXT,
ADD COLUMN     "answered_at" TIMESTAMPTZ(3),
ADD COLUMN     "first_attempt_at" TIMESTAMPTZ(3),
ADD COLUMN     "forced" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "maybe_twice" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "next_attempt_at" TIMESTAMPTZ(3),
ADD COLUMN     "reason" TEXT,
ADD COLUMN     "task_id" UUID,
ADD COLUMN     "urgent" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "mail_address" (
    "address_index" BYTEA NOT NULL,
    "failures" INTEGER NOT NULL,
    "failed_at" TIMESTAMPTZ(3) NOT NULL,
    "failing_since" TIMESTAMPTZ(3),

    CONSTRAINT "mail_address_pkey" PRIMARY KEY ("address_index")
);

-- CreateTable
CREATE TABLE "task" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "unit_id" TEXT NOT NULL,
    "person_id" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "referral_id" UUID,
    "message_id" UUID,
    "letter_id" UUID,
    "subject" TEXT NOT NULL,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "done_at" TIMESTAMPTZ(3),
    "done_by" TEXT,
    "outcome" TEXT,

    CONSTRAINT "task_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "letter" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "notification_id" UUID NOT NULL,
    "referral_id" UUID NOT NULL,
    "feedback_id" UUID,
    "reason" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "closed_at" TIMESTAMPTZ(3),
    "closed_by" TEXT,
    "occurred_at" TIMESTAMPTZ(3),

    CONSTRAINT "letter_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "task_letter_id_idx" ON "task"("letter_id");

-- CreateIndex
CREATE INDEX "task_referral_id_idx" ON "task"("referral_id");

-- CreateIndex
CREATE INDEX "letter_referral_id_idx" ON "letter"("referral_id");

-- CreateIndex
CREATE INDEX "outbound_message_created_at_id_idx" ON "outbound_message"("created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "outbound_message_state_created_at_id_idx" ON "outbound_message"("state", "created_at" DESC, "id" DESC);

-- AddForeignKey
ALTER TABLE "letter" ADD CONSTRAINT "letter_referral_id_fkey" FOREIGN KEY ("referral_id") REFERENCES "referral"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What waited for another attempt is deferred now, and what a server refused for ever has bounced.
ALTER TABLE outbound_message DROP CONSTRAINT outbound_message_state;
UPDATE outbound_message SET state = 'deferred', next_attempt_at = coalesce(leased_until, created_at), leased_until = NULL, reason = 'later' WHERE state = 'failed';
UPDATE outbound_message SET state = 'bounced', reason = 'unknown-address', answered_at = created_at WHERE state = 'dropped' AND answer ~ '^5';
UPDATE outbound_message SET reason = 'moot' WHERE state = 'dropped';
INSERT INTO letter (id, kind, notification_id, referral_id, reason, state, created_at)
SELECT gen_random_uuid(), 'receipt', n.id, r.id, 'unknown-address', 'open', n.registered_at
FROM receipt rc JOIN notification n ON n.id = rc.notification_id JOIN referral r ON r.notification_id = n.id
WHERE rc.state = 'undeliverable' AND r.child_position = (SELECT min(s.child_position) FROM referral s WHERE s.notification_id = n.id);
UPDATE outbound_message SET template = 'task' WHERE template = 'receipt-undeliverable';

-- What the models cannot say. A guard test reads all of it from pg_catalog.
ALTER TABLE outbound_message ADD CONSTRAINT outbound_message_state CHECK (state IN ('queued', 'sending', 'sent', 'deferred', 'bounced', 'failed', 'fallback', 'dropped'));
ALTER TABLE outbound_message ADD CONSTRAINT outbound_message_deferred CHECK ((state = 'deferred') <= (next_attempt_at IS NOT NULL));
-- Whatever does not reach its receiver says why.
ALTER TABLE outbound_message ADD CONSTRAINT outbound_message_reason CHECK (state IN ('queued', 'sending', 'sent') OR reason IS NOT NULL);
ALTER TABLE task ADD CONSTRAINT task_done CHECK ((done_at IS NULL) = (outcome IS NULL) AND (done_by IS NULL OR done_at IS NOT NULL));
ALTER TABLE letter ADD CONSTRAINT letter_kind CHECK ((kind = 'feedback') = (feedback_id IS NOT NULL) AND kind IN ('receipt', 'feedback'));
ALTER TABLE letter ADD CONSTRAINT letter_state CHECK (state IN ('open', 'posted', 'phoned', 'withdrawn') AND (state = 'open') = (closed_at IS NULL));
-- A letter counts only with the person behind it and the instant at which it was posted or told.
ALTER TABLE letter ADD CONSTRAINT letter_evidence CHECK (state NOT IN ('posted', 'phoned') OR (closed_by IS NOT NULL AND occurred_at IS NOT NULL));

DROP INDEX outbound_message_open;
CREATE INDEX outbound_message_open ON outbound_message (created_at) WHERE state IN ('queued', 'sending', 'deferred');
CREATE UNIQUE INDEX task_one_open ON task (kind, subject) WHERE done_at IS NULL;
CREATE INDEX task_person_open ON task (person_id, opened_at, id) WHERE done_at IS NULL;
CREATE INDEX task_unit_open ON task (unit_id, opened_at, id) WHERE done_at IS NULL;
CREATE UNIQUE INDEX letter_one_receipt ON letter (notification_id) WHERE kind = 'receipt' AND state = 'open';
CREATE UNIQUE INDEX letter_one_feedback ON letter (feedback_id) WHERE kind = 'feedback' AND state = 'open';
CREATE INDEX letter_open ON letter (created_at, id) WHERE state = 'open';
