-- CreateTable
CREATE TABLE "spent_secret" (
    "hash" BYTEA NOT NULL,
    "session_id" UUID NOT NULL,
    "spent_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "spent_secret_pkey" PRIMARY KEY ("hash")
);

-- CreateIndex
CREATE INDEX "spent_secret_session_id_idx" ON "spent_secret"("session_id");

-- AddForeignKey
ALTER TABLE "spent_secret" ADD CONSTRAINT "spent_secret_session_id_fkey" FOREIGN KEY ("session_id") REFERENCES "session"("id") ON DELETE CASCADE ON UPDATE CASCADE;
