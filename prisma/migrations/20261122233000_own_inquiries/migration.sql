-- Whoever registered an inquiry finds it again; few events are of this kind, so nothing else pays for it.
CREATE INDEX "case_event_inquiry_registered_idx" ON "case_event" ("actor_id", "registered_at" DESC)
  WHERE "kind" = 'inquiry-registered';
