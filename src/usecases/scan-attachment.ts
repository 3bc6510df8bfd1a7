import { demand } from '#domain/policy.ts';
import { type Verdict, verdictOf } from '#domain/scanning.ts';
import { findHeld } from '#store/held-files.ts';
import { findSealedKeys } from '#store/sealed-keys.ts';
import type { Ctx } from './context.ts';
import { openParts } from './sealed-parts.ts';

/**
 * Gives a held file to the scanner and answers what it said; null for one that is not held any more. Without a scanner it
 * stays held: a setting that was forgotten must not clear what another process held. Nothing is recorded.
 */
export const scanAttachment = async (ctx: Ctx, id: string): Promise<Verdict | null> => {
  demand(ctx.actor, 'file.scan');
  const { db, scan } = ctx.deps;
  const [wrapped] = await findSealedKeys(db, ctx.scope, [id]);
  if (!wrapped || !(await findHeld(db, ctx.scope, id))) return null;
  const key = ctx.deps.vault.unwrap({ ...wrapped, recordKind: 'attachment' });
  try {
    return verdictOf(scan ? await scan(openParts(ctx, key)) : null);
  } catch (error) {
    // Somebody else was first, and its content went while it was read.
    if (!(await findHeld(db, ctx.scope, id))) return null;
    throw error;
  }
};
