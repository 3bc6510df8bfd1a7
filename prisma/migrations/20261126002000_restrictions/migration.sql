-- CreateTable
CREATE TABLE "restriction" (
    "id" UUID NOT NULL,
    "child_id" UUID NOT NULL,
    "referral_id" UUID NOT NULL,
    "made_at" TIMESTAMPTZ(3) NOT NULL,
    "made_by" TEXT NOT NULL,
    "lifted_referral_id" UUID,
    "lifted_at" TIMESTAMPTZ(3),
    "lifted_by" TEXT,

    CONSTRAINT "restriction_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "restriction_name" (
    "id" UUID NOT NULL,
    "restriction_id" UUID NOT NULL,
    "person_id" TEXT NOT NULL,
    "named_at" TIMESTAMPTZ(3) NOT NULL,
    "named_by" TEXT,
    "removed_at" TIMESTAMPTZ(3),
    "removed_by" TEXT,

    CONSTRAINT "restriction_name_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "restriction_child_id_idx" ON "restriction"("child_id");

-- CreateIndex
CREATE INDEX "restriction_name_restriction_id_idx" ON "restriction_name"("restriction_id");

-- AddForeignKey
ALTER TABLE "restriction" ADD CONSTRAINT "restriction_child_id_fkey" FOREIGN KEY ("child_id") REFERENCES "child"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "restriction" ADD CONSTRAINT "restriction_referral_id_fkey" FOREIGN KEY ("referral_id") REFERENCES "referral"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "restriction" ADD CONSTRAINT "restriction_lifted_referral_id_fkey" FOREIGN KEY ("lifted_referral_id") REFERENCES "referral"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "restriction_name" ADD CONSTRAINT "restriction_name_restriction_id_fkey" FOREIGN KEY ("restriction_id") REFERENCES "restriction"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What the models cannot say. A guard test reads all of it from pg_catalog.
ALTER TABLE restriction ADD CONSTRAINT restriction_lifted CHECK (num_nonnulls(lifted_at, lifted_by, lifted_referral_id) IN (0, 3) AND (lifted_at IS NULL OR lifted_at >= made_at));
ALTER TABLE restriction_name ADD CONSTRAINT restriction_name_removed CHECK (num_nonnulls(removed_at, removed_by) IN (0, 2) AND (removed_at IS NULL OR removed_at >= named_at));
CREATE UNIQUE INDEX restriction_one_standing ON restriction (child_id) WHERE lifted_at IS NULL;
CREATE UNIQUE INDEX restriction_name_once ON restriction_name (restriction_id, person_id) WHERE removed_at IS NULL;

-- Said once, lifted once, and never written over: who could see the case, and when, stays readable.
CREATE FUNCTION refuse_rewrite_of_restriction() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF old.lifted_at IS NOT NULL OR new.lifted_at IS NULL
    OR (new.id, new.child_id, new.referral_id, new.made_at, new.made_by)
      IS DISTINCT FROM (old.id, old.child_id, old.referral_id, old.made_at, old.made_by)
  THEN RAISE EXCEPTION 'a restriction is only ever lifted, and once' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN new;
END $$;
CREATE TRIGGER restriction_lifted_once BEFORE UPDATE ON restriction FOR EACH ROW EXECUTE FUNCTION refuse_rewrite_of_restriction();
CREATE FUNCTION refuse_rewrite_of_restriction_name() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF old.removed_at IS NOT NULL OR new.removed_at IS NULL
    OR (new.id, new.restriction_id, new.person_id, new.named_at, new.named_by)
      IS DISTINCT FROM (old.id, old.restriction_id, old.person_id, old.named_at, old.named_by)
  THEN RAISE EXCEPTION 'a name is only ever taken off, and once' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN new;
END $$;
CREATE TRIGGER restriction_name_removed_once BEFORE UPDATE ON restriction_name FOR EACH ROW EXECUTE FUNCTION refuse_rewrite_of_restriction_name();

-- The restrictions that reach a referral: of its child under whichever record, and of children named in the same
-- notification, which tells of both. The same walk as that of conflicts.
CREATE FUNCTION restrictions_of(referral uuid) RETURNS SETOF uuid LANGUAGE sql STABLE AS $$
  SELECT DISTINCT s.id FROM referral r
    CROSS JOIN LATERAL (SELECT r.child_id AS id UNION (SELECT s.child_id FROM referral s WHERE s.notification_id = r.notification_id OFFSET 0)) o
    CROSS JOIN LATERAL child_records(o.id) AS k(id)
    JOIN restriction s ON s.child_id = k.id
  WHERE r.id = referral AND s.lifted_at IS NULL AND EXISTS (SELECT FROM restriction any_standing WHERE any_standing.lifted_at IS NULL)
$$;

-- Who is named in any of them. Two restrictions meet when records are merged: then both lists count, so that nobody is lost.
CREATE FUNCTION named_people(referral uuid) RETURNS SETOF text LANGUAGE sql STABLE AS $$
  SELECT DISTINCT n.person_id FROM restrictions_of(referral) AS s(id)
    JOIN restriction_name n ON n.restriction_id = s.id AND n.removed_at IS NULL
$$;

-- The people who are related to the child of a referral, or to one named with it.
CREATE FUNCTION related_people(referral uuid) RETURNS SETOF text LANGUAGE sql STABLE AS $$
  SELECT DISTINCT c.person_id FROM referral r
    CROSS JOIN LATERAL (SELECT r.child_id AS id UNION (SELECT s.child_id FROM referral s WHERE s.notification_id = r.notification_id OFFSET 0)) o
    CROSS JOIN LATERAL child_records(o.id) AS k(id)
    JOIN conflict c ON c.child_id = k.id
  WHERE r.id = referral AND c.lifted_at IS NULL
$$;

-- The people for whom a referral is not there: who is related, and of a restricted one everybody who is not named.
CREATE OR REPLACE FUNCTION barred_people(referral uuid) RETURNS SETOF text LANGUAGE sql STABLE AS $$
  SELECT related_people(referral)
  UNION
  SELECT p.id FROM person p
  WHERE EXISTS (SELECT FROM restrictions_of(referral)) AND p.id NOT IN (SELECT named_people(referral))
$$;

-- The same the other way round. A restricted referral is there for whoever is named in one of its restrictions.
CREATE OR REPLACE FUNCTION barred_referrals(person text) RETURNS SETOF uuid LANGUAGE sql STABLE AS $$
  SELECT DISTINCT o.id FROM conflict c
    CROSS JOIN LATERAL child_records(c.child_id) AS k(id)
    CROSS JOIN LATERAL (SELECT r.id, r.notification_id FROM referral r WHERE r.child_id = k.id OFFSET 0) r
    CROSS JOIN LATERAL (SELECT r.id UNION ALL (SELECT s.id FROM referral s WHERE s.notification_id = r.notification_id OFFSET 0)) o
  WHERE c.person_id = person AND c.lifted_at IS NULL
  UNION
  SELECT o.id FROM restriction s
    CROSS JOIN LATERAL child_records(s.child_id) AS k(id)
    CROSS JOIN LATERAL (SELECT r.id, r.notification_id FROM referral r WHERE r.child_id = k.id OFFSET 0) r
    CROSS JOIN LATERAL (SELECT r.id UNION ALL (SELECT s.id FROM referral s WHERE s.notification_id = r.notification_id OFFSET 0)) o
  WHERE s.lifted_at IS NULL
  GROUP BY o.id
  HAVING NOT bool_or(EXISTS (SELECT FROM restriction_name n WHERE n.restriction_id = s.id AND n.person_id = person AND n.removed_at IS NULL))
$$;
