import type { ChildRecord } from '#domain/child-records.ts';
import { DomainError } from '#domain/errors.ts';
import { type FoundRecord, findRecord, lockRecords } from '#store/child-links.ts';
import { findChildIdByIndex } from '#store/children.ts';
import type { Tx } from '#store/db.ts';
import type { Ctx } from './context.ts';
import { openRecords, type SealedChild } from './open-records.ts';

/**
 * A child by the record that its others resolve to, with what that one says. Its content stays here. Throws NOT_FOUND for
 * one whose records were destroyed.
 */
export const openChild = async (ctx: Ctx, tx: Tx, found: FoundRecord): Promise<ChildRecord> => {
  const opened = await openRecords(ctx, tx, 'child', [found]);
  const content = opened.get(found.id) as Partial<SealedChild> | undefined;
  if (!content) throw new DomainError('NOT_FOUND');
  return { id: found.id, identity: found.identity, cpr: content.cpr ?? null };
};

/**
 * The record of whoever has this CPR, or null, locked together with a referral's own. It is asked for again under the lock:
 * it may have been destroyed while that was waited for. Throws STALE when somebody else has made one meanwhile.
 */
export const lockWithIndex = async (
  { scope }: Ctx,
  tx: Tx,
  childId: string,
  cprIndex: Uint8Array | null,
): Promise<string | null> => {
  const find = async () => (cprIndex ? findChildIdByIndex(tx, scope, cprIndex) : null);
  const found = await find();
  await lockRecords(tx, scope, found === null ? [childId] : [childId, found]);
  const now = await find();
  if (now !== null && now !== found) throw new DomainError('STALE');
  return now;
};

/** By a record's id. Throws NOT_FOUND. */
export const getChild = async (ctx: Ctx, tx: Tx, childId: string): Promise<ChildRecord> => {
  const found = await findRecord(tx, ctx.scope, { childId });
  if (!found) throw new DomainError('NOT_FOUND');
  return openChild(ctx, tx, found);
};
