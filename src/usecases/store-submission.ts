import { DomainError } from '#domain/errors.ts';
import type { Role } from '#domain/organisation.ts';
import { iso } from '#domain/time.ts';
import { findKnownChildren } from '#store/children.ts';
import { inTransaction, isUniqueViolation, type Tx } from '#store/db.ts';
import { findKnownMeasures } from '#store/reassessments.ts';
import { findSubmitted, insertSubmission } from '#store/submissions.ts';
import { answered, type Ctx } from './context.ts';
import { cprIndexesOf, type Incoming, type KnownHere, submissionRows } from './submission-rows.ts';
import { keptWorld, readWorldIfChanged } from './world.ts';

export type Submitted = {
  readonly notificationId: string;
  readonly receivedAt: string;
  readonly referrals: readonly { readonly id: string; readonly caseNumber: string }[];
};

/** How often a submission is tried again when another one made the same child, or the organisation changed. */
const TRIES = 8;

/** What the same request was answered before; null when it has not been. Throws DUPLICATE. */
export const submittedBefore = async (ctx: Ctx, tx: Tx): Promise<Submitted | null> => {
  const before = ctx.key ? await answered<{ notificationId: string }>(tx, ctx, ctx.key) : null;
  return before ? findSubmitted(tx, ctx.scope, before.notificationId) : null;
};

const findKnownHere = async ({ deps: { db }, scope }: Ctx, indexes: readonly Uint8Array[]): Promise<KnownHere[]> => {
  const measures = await findKnownMeasures(db, scope, indexes);
  const known = await findKnownChildren(db, scope, indexes);
  return known.map((child) => ({
    ...child,
    measures: measures.filter((one) => Buffer.compare(one.cprIndex, child.cprIndex) === 0),
  }));
};

/**
 * Stores a notification with its referrals, once per idempotency key: the same key and body answer the same again.
 * `also` runs in the same transaction. Throws DUPLICATE when the key came with another body.
 */
export const storeSubmission = async (
  ctx: Ctx,
  incoming: Incoming,
  role: Role | 'system',
  also?: (tx: Tx, notificationId: string) => Promise<void>,
): Promise<Submitted> => {
  if (!ctx.key) throw new DomainError('INVALID', { da: 'Idempotency-Key mangler.', en: 'Idempotency-Key is missing.' });
  const cprIndexes = cprIndexesOf(ctx, incoming.form);
  const indexes = cprIndexes.filter((index) => index !== null);
  let version = await keptWorld(ctx);
  // Most children are new here: the first try says so and lets the statement refuse, which saves asking beforehand.
  let [known, unless]: [readonly KnownHere[], Uint8Array[]] = [[], indexes];
  for (let attempt = 1; attempt <= TRIES; attempt++) {
    const { notificationId, ...rows } = submissionRows(ctx, version, incoming, cprIndexes, known, role);
    const store = async (tx: Tx): Promise<Submitted | null> => {
      const referrals = await insertSubmission(tx, ctx.scope, rows, unless);
      if (!referrals) return submittedBefore(ctx, tx);
      await also?.(tx, notificationId);
      return { notificationId, receivedAt: iso(incoming.receivedAt), referrals };
    };
    try {
      const stored = await (also ? inTransaction(ctx.deps.db, store) : store(ctx.deps.db));
      if (stored) return stored;
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
    }
    version = await readWorldIfChanged(ctx);
    [known, unless] = [await findKnownHere(ctx, indexes), []];
  }
  throw new DomainError('STALE');
};
