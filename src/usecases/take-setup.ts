import { canonical } from '#domain/journal.ts';
import type { Organisation } from '#domain/organisation.ts';
import { demand } from '#domain/policy.ts';
import { defaultRegulations, withFile } from '#domain/regulations.ts';
import { localDay } from '#domain/time.ts';
import { inTransaction, type Tx } from '#store/db.ts';
import { findOrganisation } from '#store/organisation.ts';
import { replaceRota } from '#store/rota.ts';
import { findRegulations, insertRegulations, lockSetup, raiseOrganisationVersion } from '#store/setup.ts';
import type { Ctx } from './context.ts';
import { recordSetup } from './record-setup.ts';

/** The regulations that an organisation's file brings: the delivered ones at first, later only its own days. */
export const takeRegulations = async (ctx: Ctx, tx: Tx, was: Organisation | null, is: Organisation): Promise<void> => {
  const found = await findRegulations(tx, ctx.scope);
  const base = { fromOn: null, changeId: null, at: ctx.now };
  if (!found) {
    await insertRegulations(tx, ctx.scope, { ...base, version: 1, document: defaultRegulations(is) });
    return recordSetup(ctx, tx, { kind: 'installed', data: { version: 1 } });
  }
  const tomorrow = localDay(ctx.now).add({ days: 1 }).toString();
  const document = withFile(found.document, was?.closingDays ?? [], is, tomorrow);
  if (canonical(document) === canonical(found.document)) return;
  const version = found.version + 1;
  await insertRegulations(tx, ctx.scope, { ...base, fromOn: tomorrow, version, document });
  await recordSetup(ctx, tx, { kind: 'imported', data: { version } });
};

/** What the file says of needs that were decided here is not taken; that stands in the setup's log. */
export const recordKeptMatrix = (ctx: Ctx, tx: Tx, needs: readonly string[]): Promise<void> =>
  recordSetup(ctx, tx, { kind: 'matrix-kept', data: { needs } });

/** The file's rota: shifts of an earlier file that have not begun give way to it. */
export const takeRota = async (ctx: Ctx, tx: Tx, { rota }: Organisation, first: boolean): Promise<void> => {
  const shifts = rota.map((shift) => ({ ...shift, id: ctx.deps.newId(ctx.now) }));
  if (first || shifts.length > 0) await replaceRota(tx, ctx.scope, shifts, ctx.now);
};

/**
 * Keeps the delivered regulations in the database where an organisation stands without any, so that a later delivery
 * changes nothing that has been. Idempotent.
 */
export const installRegulations = (ctx: Ctx): Promise<void> => {
  demand(ctx.actor, 'organisation.import');
  return inTransaction(ctx.deps.db, async (tx) => {
    await lockSetup(tx, ctx.scope);
    const found = await findOrganisation(tx, ctx.scope);
    if (!found || (await findRegulations(tx, ctx.scope))) return;
    await takeRegulations(ctx, tx, null, found.organisation);
    await raiseOrganisationVersion(tx, ctx.scope);
  });
};
