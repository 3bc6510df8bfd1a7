-- AlterTable
ALTER TABLE "referral" ADD COLUMN     "destroyed_at" TIMESTAMPTZ(3);
