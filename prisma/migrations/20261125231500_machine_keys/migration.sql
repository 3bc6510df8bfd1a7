-- CreateTable
CREATE TABLE "machine_key" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "unit_id" TEXT NOT NULL,
    "scopes" TEXT[],
    "secret_hash" BYTEA NOT NULL,
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "followed_by" UUID,
    "last_used_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),
    "ended_by" TEXT,

    CONSTRAINT "machine_key_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "machine_key_secret_hash_key" ON "machine_key"("secret_hash");

-- CreateIndex
CREATE UNIQUE INDEX "machine_key_followed_by_key" ON "machine_key"("followed_by");

-- CreateIndex
CREATE INDEX "machine_key_created_at_idx" ON "machine_key"("created_at");
