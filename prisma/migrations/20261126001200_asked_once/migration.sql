-- AlterTable
ALTER TABLE "machine_key" ADD COLUMN     "line_id" UUID;

-- A program is its first key: those that followed each other are one line.
WITH RECURSIVE line AS (
  SELECT k."id", k."id" AS first FROM "machine_key" k
    WHERE NOT EXISTS (SELECT FROM "machine_key" before WHERE before."followed_by" = k."id")
  UNION ALL
  SELECT k."followed_by", line.first FROM line JOIN "machine_key" k ON k."id" = line."id" WHERE k."followed_by" IS NOT NULL
)
UPDATE "machine_key" k SET "line_id" = line.first FROM line WHERE line."id" = k."id";

ALTER TABLE "machine_key" ALTER COLUMN "line_id" SET NOT NULL;

-- CreateTable
CREATE TABLE "reading_watch" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "looked_until" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "reading_watch_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "machine_key_line_id_idx" ON "machine_key"("line_id");

-- There is one, whoever looks.
ALTER TABLE reading_watch ADD CONSTRAINT reading_watch_single CHECK (id = 1);
-- Nobody is asked about, told or reminded of their own reading.
ALTER TABLE task ADD CONSTRAINT task_about_another CHECK (about_person_id <> person_id);
