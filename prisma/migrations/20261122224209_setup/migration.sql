-- CreateTable
CREATE TABLE "regulations" (
    "version" INTEGER NOT NULL,
    "document" JSONB NOT NULL,
    "from_on" DATE,
    "change_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "regulations_pkey" PRIMARY KEY ("version")
);

-- CreateTable
CREATE TABLE "proposed_change" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "payload" JSONB NOT NULL,
    "note" TEXT NOT NULL,
    "proposed_by" TEXT NOT NULL,
    "proposed_at" TIMESTAMPTZ(3) NOT NULL,
    "state" TEXT NOT NULL,
    "decided_by" TEXT,
    "decided_at" TIMESTAMPTZ(3),
    "decision" TEXT,
    "state_version" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "proposed_change_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "setup_event" (
    "id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "person_id" TEXT,
    "kind" TEXT NOT NULL,
    "change_id" UUID,
    "data" JSONB NOT NULL,

    CONSTRAINT "setup_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "duty_shift" (
    "id" UUID NOT NULL,
    "unit_id" TEXT NOT NULL,
    "person_id" TEXT NOT NULL,
    "from_at" TIMESTAMPTZ(3) NOT NULL,
    "until_at" TIMESTAMPTZ(3) NOT NULL,
    "phone" TEXT,
    "registered_by" TEXT,

    CONSTRAINT "duty_shift_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "proposed_change_state_proposed_at_idx" ON "proposed_change"("state", "proposed_at");

-- CreateIndex
CREATE INDEX "setup_event_at_idx" ON "setup_event"("at");

-- CreateIndex
CREATE INDEX "duty_shift_until_at_idx" ON "duty_shift"("until_at");

-- AddForeignKey
ALTER TABLE "duty_shift" ADD CONSTRAINT "duty_shift_unit_id_fkey" FOREIGN KEY ("unit_id") REFERENCES "unit"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "duty_shift" ADD CONSTRAINT "duty_shift_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What the models cannot say. A guard test reads all of it from pg_catalog.
CREATE TRIGGER regulations_immutable BEFORE UPDATE OR DELETE ON regulations FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER regulations_no_truncate BEFORE TRUNCATE ON regulations FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER setup_event_immutable BEFORE UPDATE OR DELETE ON setup_event FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER setup_event_no_truncate BEFORE TRUNCATE ON setup_event FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
ALTER TABLE regulations ADD CONSTRAINT regulations_version CHECK (version > 0);

-- Two people behind every change: the one who proposed it is never the one who confirms or rejects it, and only the one
-- who proposed it takes it back.
ALTER TABLE proposed_change ADD CONSTRAINT proposed_change_state CHECK (state IN ('proposed', 'confirmed', 'rejected', 'withdrawn')
  AND (state = 'proposed') = (decided_by IS NULL) AND (decided_by IS NULL) = (decided_at IS NULL));
ALTER TABLE proposed_change ADD CONSTRAINT proposed_change_four_eyes CHECK (
  (state IN ('confirmed', 'rejected') AND decided_by <> proposed_by) OR (state = 'withdrawn' AND decided_by = proposed_by) OR state = 'proposed');

-- What was proposed is what is confirmed, and what has been decided stays.
CREATE FUNCTION keep_proposal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF old.state <> 'proposed' OR (old.id, old.kind, old.payload, old.note, old.proposed_by, old.proposed_at)
    IS DISTINCT FROM (new.id, new.kind, new.payload, new.note, new.proposed_by, new.proposed_at) THEN
    RAISE EXCEPTION 'a proposed change stays as it was proposed, and as it was decided' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN new;
END $$;
CREATE TRIGGER proposed_change_kept BEFORE UPDATE ON proposed_change FOR EACH ROW EXECUTE FUNCTION keep_proposal();
CREATE TRIGGER proposed_change_no_delete BEFORE DELETE ON proposed_change FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER proposed_change_no_truncate BEFORE TRUNCATE ON proposed_change FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

ALTER TABLE duty_shift ADD CONSTRAINT duty_shift_order CHECK (until_at > from_at);
