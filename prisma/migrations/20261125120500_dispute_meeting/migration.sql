-- AlterTable
ALTER TABLE "dispute" ADD COLUMN     "meeting" JSONB;
