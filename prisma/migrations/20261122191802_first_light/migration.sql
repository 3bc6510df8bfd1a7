-- CreateTable
CREATE TABLE "idempotency_key" (
    "key_hash" BYTEA NOT NULL,
    "request_hash" BYTEA NOT NULL,
    "result" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "idempotency_key_pkey" PRIMARY KEY ("key_hash")
);

-- CreateTable
CREATE TABLE "read_log" (
    "id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "person_id" TEXT NOT NULL,
    "unit_id" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "purpose" TEXT NOT NULL,
    "referral_ids" UUID[],
    "child_ids" UUID[],

    CONSTRAINT "read_log_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sealed_key" (
    "record_id" UUID NOT NULL,
    "record_kind" TEXT NOT NULL,
    "key_version" INTEGER NOT NULL,
    "wrapped" BYTEA NOT NULL,

    CONSTRAINT "sealed_key_pkey" PRIMARY KEY ("record_id")
);

-- CreateTable
CREATE TABLE "session" (
    "token_hash" BYTEA NOT NULL,
    "person_id" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "session_pkey" PRIMARY KEY ("token_hash")
);

-- CreateTable
CREATE TABLE "training_clock" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "offset_ms" BIGINT NOT NULL,
    "fixed_at" TIMESTAMPTZ(3),

    CONSTRAINT "training_clock_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "child" (
    "id" UUID NOT NULL,
    "identity" TEXT NOT NULL,
    "cpr_index" BYTEA,
    "protected_address" BOOLEAN NOT NULL,
    "sealed" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "state_version" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "child_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "known_case" (
    "cpr_index" BYTEA NOT NULL,
    "unit_id" TEXT,
    "caseworker_id" TEXT,
    "measure" TEXT,
    "since" DATE,
    "disability" BOOLEAN NOT NULL,
    "seen_at" TIMESTAMPTZ(3) NOT NULL,
    "imported_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "known_case_pkey" PRIMARY KEY ("cpr_index")
);

-- CreateTable
CREATE TABLE "deadline" (
    "id" UUID NOT NULL,
    "referral_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "acute" BOOLEAN NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "secondary_at" TIMESTAMPTZ(3),
    "next_alarm_at" TIMESTAMPTZ(3),
    "next_stage" TEXT,
    "law_version" TEXT NOT NULL,
    "derivation" JSONB NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "ended_by_seq" INTEGER,

    CONSTRAINT "deadline_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "deadline_pause" (
    "id" UUID NOT NULL,
    "deadline_id" UUID NOT NULL,
    "reason" TEXT NOT NULL,
    "person_id" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "deadline_pause_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "outbound_message" (
    "id" UUID NOT NULL,
    "template" TEXT NOT NULL,
    "language" TEXT NOT NULL,
    "notification_id" UUID,
    "referral_id" UUID,
    "deadline_id" UUID,
    "stage" TEXT,
    "to_person_id" TEXT,
    "to_unit_id" TEXT,
    "to_notifier" BOOLEAN NOT NULL DEFAULT false,
    "state" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "leased_until" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "sent_at" TIMESTAMPTZ(3),
    "answer" TEXT,

    CONSTRAINT "outbound_message_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "outbox" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "payload" JSONB NOT NULL,
    "available_at" TIMESTAMPTZ(3) NOT NULL,
    "leased_until" TIMESTAMPTZ(3),
    "sent_at" TIMESTAMPTZ(3),

    CONSTRAINT "outbox_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "notification" (
    "id" UUID NOT NULL,
    "channel" TEXT NOT NULL,
    "basis" TEXT NOT NULL,
    "notifier_code" INTEGER NOT NULL,
    "sender_person_id" TEXT,
    "sender_unit_id" TEXT,
    "registered_by_id" TEXT,
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "registered_at" TIMESTAMPTZ(3) NOT NULL,
    "acute" BOOLEAN NOT NULL,
    "suspected_violence" BOOLEAN NOT NULL,
    "honour" BOOLEAN NOT NULL,
    "need" TEXT,
    "reason_codes" TEXT[],
    "language" TEXT NOT NULL,
    "sealed" BYTEA NOT NULL,

    CONSTRAINT "notification_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "notification_addition" (
    "id" UUID NOT NULL,
    "notification_id" UUID NOT NULL,
    "author_id" TEXT NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "added_at" TIMESTAMPTZ(3) NOT NULL,
    "sealed" BYTEA NOT NULL,

    CONSTRAINT "notification_addition_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "draft" (
    "id" UUID NOT NULL,
    "author_id" TEXT NOT NULL,
    "unit_id" TEXT NOT NULL,
    "sealed" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "state_version" INTEGER NOT NULL DEFAULT 0,
    "notification_id" UUID,

    CONSTRAINT "draft_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "receipt" (
    "id" UUID NOT NULL,
    "notification_id" UUID NOT NULL,
    "state" TEXT NOT NULL,
    "channel" TEXT,
    "evidence" TEXT,
    "delivered_at" TIMESTAMPTZ(3),

    CONSTRAINT "receipt_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "organisation_version" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "version" INTEGER NOT NULL,
    "municipality_code" TEXT NOT NULL,
    "municipality_name" TEXT NOT NULL,
    "imported_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "organisation_version_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "department" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "name_en" TEXT NOT NULL,
    "phone" TEXT NOT NULL,

    CONSTRAINT "department_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "unit" (
    "id" TEXT NOT NULL,
    "parent_id" TEXT,
    "department_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "short" TEXT,
    "area" TEXT,
    "areas" TEXT[],
    "ages_from" INTEGER,
    "ages_to" INTEGER,
    "may_own" TEXT[],
    "phone" TEXT NOT NULL,
    "email" TEXT,
    "name_is_neutral" BOOLEAN NOT NULL,
    "always_open" BOOLEAN NOT NULL,
    "valid_from" DATE,
    "valid_until" DATE,
    "successor_id" TEXT,

    CONSTRAINT "unit_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "postal_range" (
    "id" SERIAL NOT NULL,
    "unit_id" TEXT NOT NULL,
    "from_code" INTEGER NOT NULL,
    "to_code" INTEGER NOT NULL,

    CONSTRAINT "postal_range_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "opening_period" (
    "id" SERIAL NOT NULL,
    "unit_id" TEXT NOT NULL,
    "weekday" INTEGER NOT NULL,
    "opens" TEXT NOT NULL,
    "closes" TEXT NOT NULL,

    CONSTRAINT "opening_period_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "closing_day" (
    "month_day" TEXT NOT NULL,

    CONSTRAINT "closing_day_pkey" PRIMARY KEY ("month_day")
);

-- CreateTable
CREATE TABLE "neighbour" (
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "postal_codes" JSONB NOT NULL,

    CONSTRAINT "neighbour_pkey" PRIMARY KEY ("code")
);

-- CreateTable
CREATE TABLE "person" (
    "id" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "unit_id" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "phone" TEXT NOT NULL,
    "substitute_id" TEXT,
    "valid_from" DATE,
    "valid_until" DATE,

    CONSTRAINT "person_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "role_assignment" (
    "id" SERIAL NOT NULL,
    "person_id" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "unit_id" TEXT NOT NULL,
    "valid_from" DATE,
    "valid_until" DATE,

    CONSTRAINT "role_assignment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "absence" (
    "id" SERIAL NOT NULL,
    "person_id" TEXT NOT NULL,
    "from_on" DATE NOT NULL,
    "until_on" DATE,
    "substitute_id" TEXT,

    CONSTRAINT "absence_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "matrix_row" (
    "id" TEXT NOT NULL,
    "need" TEXT NOT NULL,
    "ages_from" INTEGER,
    "ages_to" INTEGER,
    "unit_id" TEXT NOT NULL,
    "basis" TEXT NOT NULL,
    "valid_from" DATE,
    "valid_until" DATE,
    "position" INTEGER NOT NULL,

    CONSTRAINT "matrix_row_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ladder_step" (
    "ladder" TEXT NOT NULL,
    "step" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "agree" TEXT[],
    "decide" TEXT[],
    "within" INTEGER NOT NULL,
    "counting" TEXT NOT NULL,
    "meeting" TEXT,
    "every" INTEGER,
    "every_counting" TEXT,

    CONSTRAINT "ladder_step_pkey" PRIMARY KEY ("ladder","step")
);

-- CreateTable
CREATE TABLE "referral" (
    "id" UUID NOT NULL,
    "case_number" TEXT NOT NULL,
    "matter" TEXT NOT NULL,
    "notification_id" UUID,
    "child_id" UUID NOT NULL,
    "child_position" INTEGER NOT NULL,
    "child_age" INTEGER,
    "status" TEXT NOT NULL,
    "acute" BOOLEAN NOT NULL,
    "need" TEXT,
    "responsible_unit_id" TEXT NOT NULL,
    "owner_unit_id" TEXT NOT NULL,
    "provisional_rule" TEXT,
    "handler_id" TEXT,
    "assessment_unit_id" TEXT,
    "staying_person_id" TEXT,
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "registered_at" TIMESTAMPTZ(3) NOT NULL,
    "acknowledged_at" TIMESTAMPTZ(3),
    "assessed_at" TIMESTAMPTZ(3),
    "closed_at" TIMESTAMPTZ(3),
    "close_reason" TEXT,
    "next_due_at" TIMESTAMPTZ(3) NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,
    "state_version" INTEGER NOT NULL DEFAULT 0,
    "event_count" INTEGER NOT NULL,
    "head_hash" BYTEA NOT NULL,

    CONSTRAINT "referral_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ownership" (
    "id" UUID NOT NULL,
    "referral_id" UUID NOT NULL,
    "unit_id" TEXT NOT NULL,
    "provisional_rule" TEXT,
    "reason" TEXT NOT NULL,
    "counts_as_move" BOOLEAN NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "ownership_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "case_event" (
    "referral_id" UUID NOT NULL,
    "seq" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "registered_at" TIMESTAMPTZ(3) NOT NULL,
    "actor_id" TEXT,
    "actor_unit_id" TEXT,
    "actor_role" TEXT,
    "data" JSONB NOT NULL,
    "sealed" BYTEA,
    "digest" BYTEA NOT NULL,
    "previous" BYTEA NOT NULL,
    "hash" BYTEA NOT NULL,

    CONSTRAINT "case_event_pkey" PRIMARY KEY ("referral_id","seq")
);

-- CreateIndex
CREATE INDEX "idempotency_key_created_at_idx" ON "idempotency_key"("created_at");

-- CreateIndex
CREATE INDEX "read_log_person_id_at_idx" ON "read_log"("person_id", "at");

-- CreateIndex
CREATE INDEX "read_log_child_ids_idx" ON "read_log" USING GIN ("child_ids");

-- CreateIndex
CREATE INDEX "sealed_key_key_version_idx" ON "sealed_key"("key_version");

-- CreateIndex
CREATE INDEX "session_person_id_idx" ON "session"("person_id");

-- CreateIndex
CREATE UNIQUE INDEX "child_cpr_index_key" ON "child"("cpr_index");

-- CreateIndex
CREATE INDEX "deadline_referral_id_idx" ON "deadline"("referral_id");

-- CreateIndex
CREATE INDEX "deadline_pause_deadline_id_idx" ON "deadline_pause"("deadline_id");

-- CreateIndex
CREATE INDEX "outbound_message_referral_id_idx" ON "outbound_message"("referral_id");

-- CreateIndex
CREATE INDEX "outbound_message_notification_id_idx" ON "outbound_message"("notification_id");

-- CreateIndex
CREATE INDEX "notification_sender_person_id_received_at_idx" ON "notification"("sender_person_id", "received_at" DESC);

-- CreateIndex
CREATE INDEX "notification_addition_notification_id_idx" ON "notification_addition"("notification_id");

-- CreateIndex
CREATE INDEX "draft_author_id_idx" ON "draft"("author_id");

-- CreateIndex
CREATE UNIQUE INDEX "receipt_notification_id_key" ON "receipt"("notification_id");

-- CreateIndex
CREATE INDEX "postal_range_unit_id_idx" ON "postal_range"("unit_id");

-- CreateIndex
CREATE INDEX "opening_period_unit_id_idx" ON "opening_period"("unit_id");

-- CreateIndex
CREATE INDEX "role_assignment_person_id_idx" ON "role_assignment"("person_id");

-- CreateIndex
CREATE INDEX "role_assignment_unit_id_role_idx" ON "role_assignment"("unit_id", "role");

-- CreateIndex
CREATE INDEX "absence_person_id_idx" ON "absence"("person_id");

-- CreateIndex
CREATE UNIQUE INDEX "referral_case_number_key" ON "referral"("case_number");

-- CreateIndex
CREATE INDEX "referral_notification_id_idx" ON "referral"("notification_id");

-- CreateIndex
CREATE INDEX "referral_child_id_idx" ON "referral"("child_id");

-- CreateIndex
CREATE INDEX "ownership_referral_id_started_at_idx" ON "ownership"("referral_id", "started_at");

-- AddForeignKey
ALTER TABLE "deadline" ADD CONSTRAINT "deadline_referral_id_fkey" FOREIGN KEY ("referral_id") REFERENCES "referral"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "deadline_pause" ADD CONSTRAINT "deadline_pause_deadline_id_fkey" FOREIGN KEY ("deadline_id") REFERENCES "deadline"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notification_addition" ADD CONSTRAINT "notification_addition_notification_id_fkey" FOREIGN KEY ("notification_id") REFERENCES "notification"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "receipt" ADD CONSTRAINT "receipt_notification_id_fkey" FOREIGN KEY ("notification_id") REFERENCES "notification"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "unit" ADD CONSTRAINT "unit_parent_id_fkey" FOREIGN KEY ("parent_id") REFERENCES "unit"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "unit" ADD CONSTRAINT "unit_department_id_fkey" FOREIGN KEY ("department_id") REFERENCES "department"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "unit" ADD CONSTRAINT "unit_successor_id_fkey" FOREIGN KEY ("successor_id") REFERENCES "unit"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "postal_range" ADD CONSTRAINT "postal_range_unit_id_fkey" FOREIGN KEY ("unit_id") REFERENCES "unit"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "opening_period" ADD CONSTRAINT "opening_period_unit_id_fkey" FOREIGN KEY ("unit_id") REFERENCES "unit"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "person" ADD CONSTRAINT "person_unit_id_fkey" FOREIGN KEY ("unit_id") REFERENCES "unit"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "person" ADD CONSTRAINT "person_substitute_id_fkey" FOREIGN KEY ("substitute_id") REFERENCES "person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "role_assignment" ADD CONSTRAINT "role_assignment_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "role_assignment" ADD CONSTRAINT "role_assignment_unit_id_fkey" FOREIGN KEY ("unit_id") REFERENCES "unit"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "absence" ADD CONSTRAINT "absence_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "absence" ADD CONSTRAINT "absence_substitute_id_fkey" FOREIGN KEY ("substitute_id") REFERENCES "person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "matrix_row" ADD CONSTRAINT "matrix_row_unit_id_fkey" FOREIGN KEY ("unit_id") REFERENCES "unit"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "referral" ADD CONSTRAINT "referral_notification_id_fkey" FOREIGN KEY ("notification_id") REFERENCES "notification"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "referral" ADD CONSTRAINT "referral_child_id_fkey" FOREIGN KEY ("child_id") REFERENCES "child"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ownership" ADD CONSTRAINT "ownership_referral_id_fkey" FOREIGN KEY ("referral_id") REFERENCES "referral"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "case_event" ADD CONSTRAINT "case_event_referral_id_fkey" FOREIGN KEY ("referral_id") REFERENCES "referral"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What the models cannot say. A guard test reads all of it from pg_catalog.

-- Case numbers: the year of registration and a running number.
CREATE SEQUENCE case_number;
CREATE FUNCTION give_case_number() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  new.case_number := to_char(new.registered_at AT TIME ZONE 'Europe/Copenhagen', 'YYYY') || '-' ||
    lpad(nextval('case_number')::text, 6, '0');
  RETURN new;
END $$;
CREATE TRIGGER referral_case_number BEFORE INSERT ON referral FOR EACH ROW
  WHEN (new.case_number IS NULL) EXECUTE FUNCTION give_case_number();

-- One open ownership per referral: never two, and at the end of a transaction never none.
CREATE UNIQUE INDEX ownership_one_open ON ownership (referral_id) WHERE ended_at IS NULL;
CREATE FUNCTION demand_open_ownership() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  subject uuid;
BEGIN
  IF tg_table_name = 'referral' THEN subject := new.id; ELSE subject := old.referral_id; END IF;
  IF NOT EXISTS (
    SELECT FROM ownership o JOIN referral r ON r.id = o.referral_id AND r.owner_unit_id = o.unit_id
    WHERE o.referral_id = subject AND o.ended_at IS NULL
  ) THEN
    RAISE EXCEPTION 'referral % has no open ownership row of its owner', subject USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER referral_owned AFTER INSERT OR UPDATE OF owner_unit_id ON referral
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION demand_open_ownership();
CREATE CONSTRAINT TRIGGER ownership_continues AFTER UPDATE OR DELETE ON ownership
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION demand_open_ownership();

-- Append-only tables.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', tg_table_name USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER notification_immutable BEFORE UPDATE OR DELETE ON notification FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER notification_addition_immutable BEFORE UPDATE OR DELETE ON notification_addition FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER case_event_immutable BEFORE UPDATE OR DELETE ON case_event FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER read_log_immutable BEFORE UPDATE OR DELETE ON read_log FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER notification_no_truncate BEFORE TRUNCATE ON notification FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER notification_addition_no_truncate BEFORE TRUNCATE ON notification_addition FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER case_event_no_truncate BEFORE TRUNCATE ON case_event FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER ownership_no_truncate BEFORE TRUNCATE ON ownership FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER read_log_no_truncate BEFORE TRUNCATE ON read_log FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- No deadline without its derivation, no end without its reason, no alarm on what has ended.
ALTER TABLE deadline ADD CONSTRAINT deadline_derivation CHECK (derivation ?& array['rule', 'law', 'start', 'due']);
ALTER TABLE deadline ADD CONSTRAINT deadline_state CHECK (state IN ('running', 'met', 'lapsed'));
ALTER TABLE deadline ADD CONSTRAINT deadline_ended CHECK ((state = 'running') = (ended_at IS NULL) AND (state = 'running' OR ended_by_seq IS NOT NULL));
ALTER TABLE deadline ADD CONSTRAINT deadline_alarm CHECK (next_alarm_at IS NULL OR state = 'running');
ALTER TABLE deadline_pause ADD CONSTRAINT deadline_pause_order CHECK (ends_at > started_at AND reason <> '');

ALTER TABLE referral ADD CONSTRAINT referral_status CHECK (status IN ('received', 'acknowledged', 'closed'));
ALTER TABLE referral ADD CONSTRAINT referral_closed CHECK ((status = 'closed') = (closed_at IS NOT NULL) AND (closed_at IS NULL OR close_reason IS NOT NULL));
ALTER TABLE referral ADD CONSTRAINT referral_handled CHECK (status <> 'acknowledged' OR handler_id IS NOT NULL OR provisional_rule IS NOT NULL);
ALTER TABLE referral ADD CONSTRAINT referral_provisional CHECK (owner_unit_id = responsible_unit_id OR provisional_rule IS NOT NULL);
ALTER TABLE referral ADD CONSTRAINT referral_matter CHECK ((matter = 'notification') = (notification_id IS NOT NULL) AND matter IN ('notification', 'inquiry'));
ALTER TABLE ownership ADD CONSTRAINT ownership_order CHECK (ended_at IS NULL OR ended_at >= started_at);
ALTER TABLE child ADD CONSTRAINT child_identity CHECK ((identity = 'known') = (cpr_index IS NOT NULL) AND identity IN ('known', 'unborn', 'unknown'));
ALTER TABLE receipt ADD CONSTRAINT receipt_delivered CHECK ((state = 'delivered') = (delivered_at IS NOT NULL AND evidence IS NOT NULL) AND state IN ('pending', 'delivered', 'not-owed', 'undeliverable'));
ALTER TABLE outbound_message ADD CONSTRAINT outbound_message_one_receiver CHECK (num_nonnulls(to_person_id, to_unit_id) + to_notifier::int = 1);
ALTER TABLE outbound_message ADD CONSTRAINT outbound_message_state CHECK (state IN ('queued', 'sending', 'sent', 'failed', 'dropped'));
ALTER TABLE organisation_version ADD CONSTRAINT organisation_version_single CHECK (id = 1);
ALTER TABLE training_clock ADD CONSTRAINT training_clock_single CHECK (id = 1);

-- Reads that must cost the same whatever the table's size.
CREATE INDEX referral_worklist ON referral (owner_unit_id, next_due_at, id) INCLUDE (status, received_at) WHERE closed_at IS NULL;
CREATE INDEX referral_worklist_new ON referral (owner_unit_id, next_due_at, id) WHERE closed_at IS NULL AND status = 'received';
CREATE INDEX referral_worklist_mine ON referral (handler_id, owner_unit_id, next_due_at, id) WHERE closed_at IS NULL AND handler_id IS NOT NULL;
CREATE INDEX referral_assessment ON referral (assessment_unit_id, next_due_at, id) WHERE closed_at IS NULL AND assessment_unit_id IS NOT NULL;
CREATE INDEX deadline_alarm_due ON deadline (next_alarm_at) WHERE state = 'running' AND next_alarm_at IS NOT NULL;
CREATE INDEX outbox_waiting ON outbox (available_at, id) WHERE sent_at IS NULL;
CREATE INDEX outbox_sent ON outbox (sent_at) WHERE sent_at IS NOT NULL;
CREATE INDEX outbound_message_open ON outbound_message (created_at) WHERE state IN ('queued', 'sending', 'failed');

-- Dead entries in front of the sweep's and the relay's indexes are what makes them slow: clean early.
ALTER TABLE deadline SET (autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 500, fillfactor = 90);
ALTER TABLE outbox SET (autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 500);
ALTER TABLE referral SET (fillfactor = 90);

-- Sealed content cannot be compressed: do not try, and keep an ordinary notification in its row.
ALTER TABLE notification ALTER COLUMN sealed SET STORAGE EXTERNAL;
ALTER TABLE notification SET (toast_tuple_target = 8160);
