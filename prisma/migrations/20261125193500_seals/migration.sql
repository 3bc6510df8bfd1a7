-- AlterTable
ALTER TABLE "read_log" ADD COLUMN     "mac" BYTEA NOT NULL DEFAULT '',
ADD COLUMN     "seal_seq" INTEGER;

-- CreateTable
CREATE TABLE "journal_seal" (
    "seq" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "previous" BYTEA NOT NULL,
    "hash" BYTEA NOT NULL,

    CONSTRAINT "journal_seal_pkey" PRIMARY KEY ("seq")
);

-- CreateTable
CREATE TABLE "sealed_head" (
    "referral_id" UUID NOT NULL,
    "event_count" INTEGER NOT NULL,
    "head_hash" BYTEA NOT NULL,
    "seal_seq" INTEGER NOT NULL,

    CONSTRAINT "sealed_head_pkey" PRIMARY KEY ("referral_id","event_count")
);

-- CreateTable
CREATE TABLE "journal_head" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "seal_seq" INTEGER NOT NULL,
    "mac" BYTEA NOT NULL,

    CONSTRAINT "journal_head_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "journal_anchor" (
    "seq" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "seal_seq" INTEGER NOT NULL,
    "events" BIGINT NOT NULL,
    "reads" BIGINT NOT NULL,
    "previous" BYTEA NOT NULL,
    "hash" BYTEA NOT NULL,

    CONSTRAINT "journal_anchor_pkey" PRIMARY KEY ("seq")
);

-- CreateIndex
CREATE INDEX "sealed_head_seal_seq_idx" ON "sealed_head"("seal_seq");

-- CreateIndex
CREATE INDEX "case_event_registered_at_idx" ON "case_event" USING BRIN ("registered_at");

-- CreateIndex
CREATE INDEX "read_log_seal_seq_idx" ON "read_log"("seal_seq");

-- Rows from before have no key over them, and are told of as such.
ALTER TABLE "read_log" ALTER COLUMN "mac" DROP DEFAULT;

-- What was read stays as it was; a seal may be set on it once.
CREATE FUNCTION refuse_all_but_seal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF tg_op = 'UPDATE' AND old.seal_seq IS NULL AND new.seal_seq IS NOT NULL
    AND to_jsonb(new) - 'seal_seq' = to_jsonb(old) - 'seal_seq' THEN
    RETURN new;
  END IF;
  RAISE EXCEPTION '% is append-only', tg_table_name USING ERRCODE = 'integrity_constraint_violation';
END $$;
DROP TRIGGER read_log_immutable ON read_log;
CREATE TRIGGER read_log_immutable BEFORE UPDATE OR DELETE ON read_log FOR EACH ROW EXECUTE FUNCTION refuse_all_but_seal();

CREATE TRIGGER journal_seal_immutable BEFORE UPDATE OR DELETE ON journal_seal FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER journal_seal_no_truncate BEFORE TRUNCATE ON journal_seal FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER sealed_head_immutable BEFORE UPDATE OR DELETE ON sealed_head FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER sealed_head_no_truncate BEFORE TRUNCATE ON sealed_head FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER journal_anchor_immutable BEFORE UPDATE OR DELETE ON journal_anchor FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER journal_anchor_no_truncate BEFORE TRUNCATE ON journal_anchor FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
ALTER TABLE journal_head ADD CONSTRAINT journal_head_single CHECK (id = 1);
