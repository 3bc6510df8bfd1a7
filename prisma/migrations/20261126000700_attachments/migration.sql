-- CreateTable
CREATE TABLE "attachment" (
    "id" UUID NOT NULL,
    "referral_id" UUID NOT NULL,
    "author_id" TEXT NOT NULL,
    "added_at" TIMESTAMPTZ(3) NOT NULL,
    "state" TEXT NOT NULL,
    "type" TEXT,
    "bytes" INTEGER,
    "sealed" BYTEA,

    CONSTRAINT "attachment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "attachment_part" (
    "attachment_id" UUID NOT NULL,
    "seq" INTEGER NOT NULL,
    "sealed" BYTEA NOT NULL,

    CONSTRAINT "attachment_part_pkey" PRIMARY KEY ("attachment_id","seq")
);

-- CreateIndex
CREATE INDEX "attachment_referral_id_idx" ON "attachment"("referral_id");

-- AddForeignKey
ALTER TABLE "attachment" ADD CONSTRAINT "attachment_referral_id_fkey" FOREIGN KEY ("referral_id") REFERENCES "referral"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "attachment_part" ADD CONSTRAINT "attachment_part_attachment_id_fkey" FOREIGN KEY ("attachment_id") REFERENCES "attachment"("id") ON DELETE CASCADE ON UPDATE CASCADE;
