-- CreateTable
CREATE TABLE "audit" (
    "id" UUID NOT NULL,
    "person_id" TEXT NOT NULL,
    "purpose" TEXT NOT NULL,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "audit_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audit_unmask" (
    "audit_id" UUID NOT NULL,
    "person_id" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "audit_unmask_pkey" PRIMARY KEY ("audit_id","person_id")
);

-- CreateIndex
CREATE INDEX "audit_person_id_idx" ON "audit"("person_id");

-- AddForeignKey
ALTER TABLE "audit_unmask" ADD CONSTRAINT "audit_unmask_audit_id_fkey" FOREIGN KEY ("audit_id") REFERENCES "audit"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE audit ADD CONSTRAINT audit_order CHECK (ends_at > opened_at);
-- Append-only.
CREATE TRIGGER audit_immutable BEFORE UPDATE OR DELETE ON audit FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_unmask_immutable BEFORE UPDATE OR DELETE ON audit_unmask FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_no_truncate BEFORE TRUNCATE ON audit FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_unmask_no_truncate BEFORE TRUNCATE ON audit_unmask FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
