-- AlterTable
ALTER TABLE "outbound_message" ADD COLUMN     "door_code_id" UUID;

-- CreateTable
CREATE TABLE "door_code" (
    "id" UUID NOT NULL,
    "code_hash" BYTEA NOT NULL,
    "address_index" BYTEA,
    "sealed" BYTEA,
    "link_id" UUID,
    "tries" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "door_code_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "notifier_link" (
    "id" UUID NOT NULL,
    "token_hash" BYTEA NOT NULL,
    "notification_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "notifier_link_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "door_count" (
    "bucket" BYTEA NOT NULL,
    "count" INTEGER NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "door_count_pkey" PRIMARY KEY ("bucket")
);

-- CreateIndex
CREATE INDEX "door_code_expires_at_idx" ON "door_code"("expires_at");

-- CreateIndex
CREATE UNIQUE INDEX "notifier_link_token_hash_key" ON "notifier_link"("token_hash");

-- CreateIndex
CREATE INDEX "notifier_link_created_at_idx" ON "notifier_link"("created_at");

-- CreateIndex
CREATE INDEX "door_count_expires_at_idx" ON "door_count"("expires_at");

ALTER TABLE door_code ADD CONSTRAINT door_code_order CHECK (expires_at > created_at AND tries >= 0);
-- A code confirms an address or opens a link, never both.
ALTER TABLE door_code ADD CONSTRAINT door_code_one CHECK (num_nonnulls(address_index, link_id) = 1);
ALTER TABLE notifier_link ADD CONSTRAINT notifier_link_order CHECK (expires_at > created_at);
ALTER TABLE door_count ADD CONSTRAINT door_count_counted CHECK (count > 0);
-- A code's mail is somebody's at the door.
ALTER TABLE outbound_message ADD CONSTRAINT outbound_message_door_code CHECK (door_code_id IS NULL OR to_notifier);
