import {
  coveredText,
  type Destroyable,
  demandCovered,
  demandDestruction,
  destructionChange,
  MOST_CASES,
} from '#domain/destruction.ts';
import { canonical } from '#domain/journal.ts';
import { demand } from '#domain/policy.ts';
import { atLocal, type Instant, localDay, T } from '#domain/time.ts';
import type { Tx } from '#store/db.ts';
import { countWith, destroyRecords, findDestroyable } from '#store/destruction.ts';
import { insertRecords } from '#store/records.ts';
import type { Ctx } from './context.ts';
import { parseChange } from './parse-change.ts';
import type { Prepare } from './prepared-change.ts';
import { chainRows } from './rows.ts';

export const beginningOf = (day: string): Instant => atLocal(T.PlainDate.from(day), '00:00');

/** Which records an export covers, as they stand: what it prints, and what a destruction is proposed with. */
export const coveredBy = ({ deps }: Ctx, records: readonly Destroyable[]): string =>
  Buffer.from(deps.vault.digest(coveredText(records))).toString('hex');

/** The last line of each journal, which no key is needed for. */
const written = (ctx: Ctx, records: readonly Destroyable[], changeId: string) => {
  const role = demand(ctx.actor, 'setup.decide');
  const fact = { kind: 'record-destroyed', data: { change: changeId } };
  return records.map(({ id, ...head }) => ({
    id,
    ...chainRows(ctx, id, head, [fact], role, () => {
      throw new Error('it has no words of its own');
    }),
  }));
};

const destroy = async (ctx: Ctx, tx: Tx, records: readonly Destroyable[], changeId: string): Promise<void> => {
  const lines = written(ctx, records, changeId);
  const events = lines.flatMap(({ rows }) => rows);
  await insertRecords(tx, ctx.scope, { events, deadlines: [], outbound: [], outbox: [] });
  await destroyRecords(
    tx,
    ctx.scope,
    lines.map(({ id, head }) => ({ id, ...head })),
    ctx.now,
  );
};

/**
 * Records of which every case was over by a day, for whoever proposes and whoever confirms to see: how many, and which
 * cases. Only just those that were exported, as they stood then. Confirmed, their keys are destroyed at once; nothing
 * brings them back.
 */
export const prepareDestruction: Prepare = async (ctx, tx, { id, payload }, lock) => {
  const change = parseChange(destructionChange, payload);
  demandDestruction(change, localDay(ctx.now));
  const asked = { before: beginningOf(change.closedBefore), most: MOST_CASES + 1, lock };
  const records = await findDestroyable(tx, ctx.scope, asked);
  const covers = coveredBy(ctx, records);
  demandCovered(records, covers, change.covers);
  const counted = await countWith(
    tx,
    ctx.scope,
    records.map((record) => record.id),
  );
  return {
    moves: [],
    destruction: {
      ...counted,
      children: new Set(records.map(({ childId }) => childId)).size,
      cases: records.map(({ caseNumber }) => caseNumber).toSorted(),
    },
    digest: Buffer.from(ctx.deps.vault.digest(canonical([id, covers]))).toString('hex'),
    write: () => destroy(ctx, tx, records, id),
  };
};
