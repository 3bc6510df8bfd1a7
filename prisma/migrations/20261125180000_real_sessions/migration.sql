-- Sessions of an earlier version carry no id and no limits; whoever had one logs in again.
DELETE FROM "session";

ALTER TABLE "session" DROP CONSTRAINT "session_pkey",
ADD COLUMN     "claimed" JSONB NOT NULL,
ADD COLUMN     "id" UUID NOT NULL,
ADD COLUMN     "next_at" TIMESTAMPTZ(3),
ADD COLUMN     "next_hash" BYTEA,
ADD COLUMN     "rotated_at" TIMESTAMPTZ(3) NOT NULL,
ADD COLUMN     "seen_at" TIMESTAMPTZ(3) NOT NULL,
ADD CONSTRAINT "session_pkey" PRIMARY KEY ("id");

CREATE UNIQUE INDEX "session_token_hash_key" ON "session"("token_hash");
CREATE UNIQUE INDEX "session_next_hash_key" ON "session"("next_hash");

-- What the models cannot say. A guard test reads all of it from pg_catalog.
ALTER TABLE session ADD CONSTRAINT session_next CHECK (num_nonnulls(next_hash, next_at) IN (0, 2));
