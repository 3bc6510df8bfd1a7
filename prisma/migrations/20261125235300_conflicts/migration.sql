-- CreateTable
CREATE TABLE "conflict" (
    "id" UUID NOT NULL,
    "child_id" UUID NOT NULL,
    "person_id" TEXT NOT NULL,
    "referral_id" UUID NOT NULL,
    "made_at" TIMESTAMPTZ(3) NOT NULL,
    "made_by" TEXT NOT NULL,
    "lifted_referral_id" UUID,
    "lifted_at" TIMESTAMPTZ(3),
    "lifted_by" TEXT,

    CONSTRAINT "conflict_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "conflict_child_id_idx" ON "conflict"("child_id");

-- AddForeignKey
ALTER TABLE "conflict" ADD CONSTRAINT "conflict_child_id_fkey" FOREIGN KEY ("child_id") REFERENCES "child"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "conflict" ADD CONSTRAINT "conflict_referral_id_fkey" FOREIGN KEY ("referral_id") REFERENCES "referral"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "conflict" ADD CONSTRAINT "conflict_lifted_referral_id_fkey" FOREIGN KEY ("lifted_referral_id") REFERENCES "referral"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- What the models cannot say. A guard test reads all of it from pg_catalog.
ALTER TABLE conflict ADD CONSTRAINT conflict_lifted CHECK (num_nonnulls(lifted_at, lifted_by, lifted_referral_id) IN (0, 3) AND (lifted_at IS NULL OR lifted_at >= made_at));
-- Nobody lifts it for themselves.
ALTER TABLE conflict ADD CONSTRAINT conflict_lifted_by_another CHECK (lifted_by <> person_id);
CREATE UNIQUE INDEX conflict_one_standing ON conflict (person_id, child_id) WHERE lifted_at IS NULL;

-- Said once, lifted once, and never written over: who was barred, and when, stays readable.
CREATE FUNCTION refuse_rewrite_of_conflict() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF old.lifted_at IS NOT NULL OR new.lifted_at IS NULL
    OR (new.id, new.child_id, new.person_id, new.referral_id, new.made_at, new.made_by)
      IS DISTINCT FROM (old.id, old.child_id, old.person_id, old.referral_id, old.made_at, old.made_by)
  THEN RAISE EXCEPTION 'a conflict is only ever lifted, and once' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN new;
END $$;
CREATE TRIGGER conflict_lifted_once BEFORE UPDATE ON conflict FOR EACH ROW EXECUTE FUNCTION refuse_rewrite_of_conflict();

-- Referrals that are not there for a person: of children whom they are related to, under whichever of their records, and
-- of children named in the same notifications, which tell of both. `OFFSET 0` keeps every step on its index.
CREATE FUNCTION barred_referrals(person text) RETURNS SETOF uuid LANGUAGE sql STABLE AS $$
  SELECT DISTINCT o.id FROM conflict c
    CROSS JOIN LATERAL child_records(c.child_id) AS k(id)
    CROSS JOIN LATERAL (SELECT r.id, r.notification_id FROM referral r WHERE r.child_id = k.id OFFSET 0) r
    CROSS JOIN LATERAL (SELECT r.id UNION ALL (SELECT s.id FROM referral s WHERE s.notification_id = r.notification_id OFFSET 0)) o
  WHERE c.person_id = person AND c.lifted_at IS NULL
$$;

-- The same the other way round: the people for whom a referral is not there.
CREATE FUNCTION barred_people(referral uuid) RETURNS SETOF text LANGUAGE sql STABLE AS $$
  SELECT DISTINCT c.person_id FROM referral r
    CROSS JOIN LATERAL (SELECT r.child_id AS id UNION (SELECT s.child_id FROM referral s WHERE s.notification_id = r.notification_id OFFSET 0)) o
    CROSS JOIN LATERAL child_records(o.id) AS k(id)
    JOIN conflict c ON c.child_id = k.id
  WHERE r.id = referral AND c.lifted_at IS NULL
$$;
