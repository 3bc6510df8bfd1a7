import { DomainError } from '#domain/errors.ts';
import { sameBytes } from '#domain/journal.ts';
import { type Action, unitsGranting } from '#domain/policy.ts';
import { hourBegun } from '#domain/quiet-times.ts';
import { type Actor, narrowed, type Scope } from '#domain/scope.ts';
import { type Instant, latest } from '#domain/time.ts';
import type { Deps } from '#platform/deps.ts';
import { inTransaction, type Tx } from '#store/db.ts';
import { claimKey, findAnswer, type RequestKey, saveAnswer } from '#store/idempotency.ts';

/** Who acts, within what, when; made at the edge (API, jobs, command line) and passed to every use case. */
export type Ctx = {
  readonly deps: Deps;
  readonly actor: Actor;
  readonly scope: Scope;
  readonly now: Instant;
  /** Of the request's Idempotency-Key, hashed with the actor; null for the system, whose handlers are idempotent. */
  readonly key: RequestKey | null;
};

/** A referral's history never runs backwards: who waited for its lock acts at the earliest when the last one did. */
export const notBefore = (ctx: Ctx, referral: { readonly changedAt: Instant }): Ctx => ({
  ...ctx,
  now: latest(ctx.now, referral.changedAt),
});

/** For lists: within the units whose roles grant the action, not all that the person has any role in. */
export const scopeFor = (ctx: Pick<Ctx, 'actor' | 'scope'>, action: Action): Scope =>
  narrowed(ctx.scope, unitsGranting(ctx.actor, action));

/** The stored answer of the same request; throws DUPLICATE when the key came with another body. */
export const answered = async <R>(tx: Tx, ctx: Ctx, key: RequestKey): Promise<R | null> => {
  const answer = await findAnswer(tx, ctx.scope, key.keyHash);
  if (!answer) return null;
  if (!sameBytes(answer.requestHash, key.requestHash)) {
    throw new DomainError('DUPLICATE', {
      da: 'Den samme nøgle er brugt til en anden forespørgsel.',
      en: 'The same key was used for another request.',
    });
  }
  return answer.result as R;
};

/**
 * One transaction, once: the same key and body answer what the first one answered. `work` answers ids, versions and
 * instants only, because that is what the key's row may hold; its instant is the
 * hour that had begun, which is enough for the purge.
 */
export const actOnce = <R>(ctx: Ctx, work: (tx: Tx) => Promise<R>): Promise<R> =>
  inTransaction(ctx.deps.db, async (tx) => {
    if (!ctx.key) return work(tx);
    if (!(await claimKey(tx, ctx.scope, ctx.key, hourBegun(ctx.now)))) {
      const earlier = await answered<R>(tx, ctx, ctx.key);
      if (earlier !== null) return earlier;
    }
    const result = await work(tx);
    await saveAnswer(tx, ctx.scope, ctx.key.keyHash, result);
    return result;
  });
