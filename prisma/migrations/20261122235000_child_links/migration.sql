-- AlterTable
ALTER TABLE "referral" ADD COLUMN     "reassessor_id" TEXT;

-- CreateTable
CREATE TABLE "child_link" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "from_child_id" UUID NOT NULL,
    "into_child_id" UUID NOT NULL,
    "referral_id" UUID NOT NULL,
    "made_at" TIMESTAMPTZ(3) NOT NULL,
    "made_by" TEXT NOT NULL,
    "undone_referral_id" UUID,
    "undone_at" TIMESTAMPTZ(3),
    "undone_by" TEXT,

    CONSTRAINT "child_link_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "child_link_from_child_id_idx" ON "child_link"("from_child_id");

-- CreateIndex
CREATE INDEX "child_link_into_child_id_idx" ON "child_link"("into_child_id");

-- AddForeignKey
ALTER TABLE "child_link" ADD CONSTRAINT "child_link_from_child_id_fkey" FOREIGN KEY ("from_child_id") REFERENCES "child"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "child_link" ADD CONSTRAINT "child_link_into_child_id_fkey" FOREIGN KEY ("into_child_id") REFERENCES "child"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "child_link" ADD CONSTRAINT "child_link_referral_id_fkey" FOREIGN KEY ("referral_id") REFERENCES "referral"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "child_link" ADD CONSTRAINT "child_link_undone_referral_id_fkey" FOREIGN KEY ("undone_referral_id") REFERENCES "referral"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- What the models cannot say. A guard test reads all of it from pg_catalog.
ALTER TABLE child_link ADD CONSTRAINT child_link_kind CHECK (kind IN ('same', 'sibling') AND from_child_id <> into_child_id);
ALTER TABLE child_link ADD CONSTRAINT child_link_undone CHECK (num_nonnulls(undone_at, undone_by, undone_referral_id) IN (0, 3) AND (undone_at IS NULL OR undone_at >= made_at));
-- A record is at most one other's; two records are siblings once, whichever was named first.
CREATE UNIQUE INDEX child_link_one_survivor ON child_link (from_child_id) WHERE kind = 'same' AND undone_at IS NULL;
CREATE UNIQUE INDEX child_link_one_pair ON child_link (least(from_child_id, into_child_id), greatest(from_child_id, into_child_id)) WHERE kind = 'sibling' AND undone_at IS NULL;

-- Made, undone once, and never written over: what was once merged stays readable.
CREATE FUNCTION refuse_rewrite_of_child_link() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF old.undone_at IS NOT NULL OR new.undone_at IS NULL
    OR (new.id, new.kind, new.from_child_id, new.into_child_id, new.referral_id, new.made_at, new.made_by)
      IS DISTINCT FROM (old.id, old.kind, old.from_child_id, old.into_child_id, old.referral_id, old.made_at, old.made_by)
  THEN RAISE EXCEPTION 'a child link is only ever undone, and once' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN new;
END $$;
CREATE TRIGGER child_link_undone_once BEFORE UPDATE ON child_link FOR EACH ROW EXECUTE FUNCTION refuse_rewrite_of_child_link();
CREATE TRIGGER child_link_no_delete BEFORE DELETE ON child_link FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER child_link_no_truncate BEFORE TRUNCATE ON child_link FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- All records of the child that one record is of, itself among them: chains of merges, followed both ways.
CREATE FUNCTION child_records(child uuid) RETURNS SETOF uuid LANGUAGE sql STABLE AS $$
  WITH RECURSIVE same(id) AS (
    SELECT child WHERE child IS NOT NULL
    UNION
    SELECT CASE l.from_child_id WHEN same.id THEN l.into_child_id ELSE l.from_child_id END
    FROM same JOIN child_link l ON l.kind = 'same' AND l.undone_at IS NULL AND same.id IN (l.from_child_id, l.into_child_id))
  SELECT id FROM same
$$;

-- One re-assessment for each new notification, made or to be made.
CREATE UNIQUE INDEX deadline_one_reassess ON deadline (referral_id) WHERE kind = 'reassess' AND state IN ('running', 'met');
CREATE INDEX referral_reassessor ON referral (reassessor_id) WHERE reassessor_id IS NOT NULL;
-- Referrals that once stood at another child's record.
CREATE INDEX case_event_child_corrected ON case_event ((data ->> 'from')) WHERE kind = 'child-corrected';

-- Regulations that were installed before there was a re-assessment get what is delivered with it, as a version of their
-- own; every process reads them anew.
INSERT INTO regulations (version, document, from_on, change_id, created_at)
SELECT version + 1, jsonb_set(
  jsonb_set(document, '{rulebook,policies}', (
    SELECT jsonb_agg(jsonb_set(p, '{clocks,reassess}', '{"paragraph": null, "period": {"n": 5, "unit": "workdays"},
      "acute": {"n": 24, "unit": "elapsed hours"}, "runsFrom": "act", "status": "policy",
      "source": "kommunens standardfrister (policy-default)"}') ORDER BY n)
    FROM jsonb_array_elements(document #> '{rulebook,policies}') WITH ORDINALITY AS policy(p, n))),
  '{rulebook,reassessed}', '[
    {"id": "reassessed-serviceloven", "from": null, "paragraphs": ["§ 52"], "status": "recalled",
      "source": "serviceloven § 155 a; listen er gengivet efter hukommelsen"},
    {"id": "reassessed-2024-01-01", "from": "2024-01-01", "paragraphs": ["§ 32", "§ 46", "§ 47", "§ 67"], "status": "recalled",
      "source": "barnets lov § 137; listen er gengivet efter hukommelsen og blev udvidet i 2025"}]'), null, null, created_at
FROM regulations ORDER BY version DESC LIMIT 1;
UPDATE organisation_version SET version = version + 1 WHERE EXISTS (SELECT FROM regulations);
