-- AlterTable
ALTER TABLE "matrix_row" DROP CONSTRAINT "matrix_row_pkey",
ADD COLUMN     "change_id" UUID,
ADD COLUMN     "ended_by_id" UUID,
ADD COLUMN     "need_en" TEXT,
ADD COLUMN     "precedent_id" UUID,
ADD COLUMN     "row_number" SERIAL NOT NULL,
ADD CONSTRAINT "matrix_row_pkey" PRIMARY KEY ("row_number");

-- CreateTable
CREATE TABLE "precedent" (
    "id" UUID NOT NULL,
    "dispute_id" UUID NOT NULL,
    "need" TEXT,
    "need_text" TEXT NOT NULL,
    "ages_from" INTEGER,
    "ages_to" INTEGER,
    "unit_ids" TEXT[],
    "outcome_unit_id" TEXT NOT NULL,
    "basis" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "written_by" TEXT NOT NULL,
    "written_at" TIMESTAMPTZ(3) NOT NULL,
    "state_version" INTEGER NOT NULL,

    CONSTRAINT "precedent_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "precedent_dispute_id_key" ON "precedent"("dispute_id");

-- CreateIndex
CREATE UNIQUE INDEX "matrix_row_id_valid_from_key" ON "matrix_row"("id", "valid_from");

-- AddForeignKey
ALTER TABLE "precedent" ADD CONSTRAINT "precedent_dispute_id_fkey" FOREIGN KEY ("dispute_id") REFERENCES "dispute"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What the models cannot say. A guard test reads all of it from pg_catalog.
ALTER TABLE precedent ADD CONSTRAINT precedent_ages CHECK ((ages_from IS NULL) = (ages_to IS NULL) AND ages_from <= ages_to);
CREATE TRIGGER precedent_no_delete BEFORE DELETE ON precedent FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER precedent_no_truncate BEFORE TRUNCATE ON precedent FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- Only what two people have decided ends by a decision or comes from an earlier one.
ALTER TABLE matrix_row ADD CONSTRAINT matrix_row_decided CHECK (precedent_id IS NULL OR change_id IS NOT NULL);
