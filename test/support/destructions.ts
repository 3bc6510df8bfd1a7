import type { DestructionChange } from '#domain/destruction.ts';
import { inTransaction } from '#store/db.ts';
import { decideChange } from '#usecases/decide-change.ts';
import { exportRecords } from '#usecases/export-records.ts';
import { markReferralInError } from '#usecases/mark-referral-in-error.ts';
import { prepareDestruction } from '#usecases/prepare-destruction.ts';
import { proposeChange } from '#usecases/propose-change.ts';
import { readChange } from '#usecases/read-setup.ts';
import { administrator } from './administrators.ts';
import type { TestWorld } from './context.ts';
import { makeForm, nextCpr, type TestMunicipality } from './municipality.ts';
import { numbers } from './races.ts';

type Line = { case: { id: string }; files: unknown[] };

/** How tests export, propose and confirm the destruction of what was over before a day, all at `at`. */
export const destructionsOf = (town: () => TestWorld, at: string, closedBefore: string) => {
  const exported = async () => {
    const [lines, contents]: [Line[], Record<string, Buffer>] = [[], {}];
    const told = await exportRecords(town().systemCtx(at), closedBefore, {
      line: (value) => lines.push(JSON.parse(JSON.stringify(value))),
      file: async (name, content) => {
        contents[name] = Buffer.concat(await Array.fromAsync(content));
      },
    });
    return { ...told, lines, contents };
  };
  const asked = (covers: string, more: Partial<DestructionChange> = {}) => ({
    kind: 'destruction',
    payload: {
      what: 'destruction',
      closedBefore,
      authority: 'city-archives',
      reference: '2032-0001',
      approvedOn: '2032-11-01',
      covers,
      ...more,
    },
    note: 'Kassationsbestemmelsen',
  });
  const propose = (covers: string, more: Partial<DestructionChange> = {}) =>
    proposeChange(administrator(town(), 'anna', at), asked(covers, more));
  const shown = (id: string, by = 'bent') => readChange(administrator(town(), by, at), id, { kind: 'destruction' });
  /** Somebody has the page open, and confirms when this is called. */
  const confirming = async (id: string, by: string) => {
    const { dryRun, stateVersion } = await shown(id, by);
    const answer = { id, kind: 'destruction', stateVersion, answer: 'confirm', digest: dryRun?.digest ?? '' } as const;
    return () => decideChange(administrator(town(), by, at), { ...answer, reason: null });
  };
  const confirm = async (id: string, by: string) => (await confirming(id, by))();
  return { asked, exported, propose, shown, confirming, confirm };
};

export type Old = { readonly id: string; readonly cpr: string };

/** Cases of children of their own that have been over for years: `sender`'s, closed by `leader` at `at`. */
export const oldCases = (
  town: () => TestMunicipality,
  { sender, leader, at }: { readonly sender: string; readonly leader: string; readonly at: string },
) => {
  const close = (id: string) => markReferralInError(town().ctxFor(leader, at), { id, reason: 'Dobbelt' });
  const old = async (): Promise<Old> => {
    const cpr = nextCpr();
    const { referrals } = await town().submit(sender, makeForm({ children: [{ name: 'Gammel', cpr }] }));
    const id = referrals[0]?.id ?? '';
    await close(id);
    return { id, cpr };
  };
  /** What is still to be mailed keeps a record, and is. */
  const olds = async (count: number): Promise<Old[]> => {
    const made = await Promise.all(numbers(count).map(old));
    await town().settle();
    return made;
  };
  return { close, olds };
};

/** Comes back once so many in this database wait for a lock. */
export const untilWaiting = async ({ deps: { db } }: TestWorld, count: number): Promise<void> => {
  for (let waiting = 0; waiting < count; ) {
    const [row] = await db.$queryRaw<{ waiting: number }[]>`select count(*)::int as waiting from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`;
    waiting = row?.waiting ?? 0;
  }
};

/**
 * `work` comes upon a destruction that is under way, waits for it, and goes on once it has become visible. `before`: what
 * the destruction's transaction does first, such as locking a table that `work` reads half way: it is then not written
 * before `work` has come so far.
 */
export const duringDestruction = async <R>(
  town: TestWorld,
  { payload, at, before }: { readonly payload: unknown; readonly at: string; readonly before?: string },
  work: () => Promise<R>,
): Promise<R> => {
  const [begun, goOn] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const destroying = inTransaction(town.deps.db, async (tx) => {
    const ctx = administrator(town, 'bent', at);
    const write = async () =>
      (await prepareDestruction(ctx, tx, { id: town.deps.newId(ctx.now), payload }, true)).write();
    if (before) await tx.$executeRawUnsafe(before);
    else await write();
    begun.resolve();
    await goOn.promise;
    if (before) await write();
  });
  await begun.promise;
  const working = work();
  await untilWaiting(town, 1);
  goOn.resolve();
  await destroying;
  return working;
};
