-- AlterTable
ALTER TABLE "receipt" ADD COLUMN     "issued_at" TIMESTAMPTZ(3);

-- Until now each was sent, or its letter queued, on submission or registration.
UPDATE receipt SET issued_at = n.registered_at FROM notification n WHERE n.id = receipt.notification_id AND state <> 'not-owed';
