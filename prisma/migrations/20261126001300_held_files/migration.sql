-- AlterTable
ALTER TABLE "attachment" ADD COLUMN     "scan_again_at" TIMESTAMPTZ(3),
ADD COLUMN     "scan_attempts" INTEGER,
ADD COLUMN     "scan_said" TEXT;

-- By hand: Prisma knows neither checks nor partial indexes.
ALTER TABLE attachment ADD CONSTRAINT attachment_state CHECK (state IN ('arriving', 'held', 'cleared', 'refused') AND (state = 'held') = (scan_again_at IS NOT NULL AND scan_attempts IS NOT NULL));
CREATE INDEX attachment_held ON attachment (scan_again_at) WHERE state = 'held';
