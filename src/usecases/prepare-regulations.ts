import { applyRegulation } from '#domain/apply-regulation.ts';
import { canonical } from '#domain/journal.ts';
import { isPaused } from '#domain/pausing.ts';
import { type ClockMove, movedBy } from '#domain/recalculation.ts';
import { isTimer, type Retiming } from '#domain/referral.ts';
import { NOT_DUTIES } from '#domain/referral-due.ts';
import { appliesToOpen, type RegulationChange, regulationChange } from '#domain/regulation-change.ts';
import { defaultRegulations, worldFrom } from '#domain/regulations.ts';
import { type Instant, iso, type LocalDay, localDay, T } from '#domain/time.ts';
import type { World } from '#domain/world.ts';
import type { Tx } from '#store/db.ts';
import { findOpenClocks, moveClocks, type OpenClockRow } from '#store/open-clocks.ts';
import { insertRecords } from '#store/records.ts';
import { findRegulations, insertRegulations, raiseOrganisationVersion } from '#store/setup.ts';
import type { Ctx } from './context.ts';
import { parseChange } from './parse-change.ts';
import type { Prepare, ShownMove } from './prepared-change.ts';
import { chainRows, outboxRow, retimedRow } from './rows.ts';
import { currentWorld } from './world.ts';

/** What the change says of periods and days; words, alarms and limits give no clock another due instant. */
const MOVES_CLOCKS: ReadonlySet<RegulationChange['what']> = new Set<RegulationChange['what']>([
  'policy-period',
  'closing-day',
  'end-closing-day',
  'holiday',
  'end-holiday',
  'opening-exception',
  'end-exception',
]);

const beginOf = (change: RegulationChange, today: LocalDay): LocalDay => {
  if (change.what === 'holiday') return new T.PlainDate(change.from, 1, 1);
  if (change.what === 'end-holiday') return new T.PlainDate(change.until, 1, 1);
  if (change.what === 'correct-text' || change.what === 'correct-reference' || change.what === 'correct-code')
    return today;
  if (change.what === 'end-closing-day' || change.what === 'end-code') return T.PlainDate.from(change.until);
  return T.PlainDate.from(change.what === 'end-exception' ? change.to : change.from);
};

const shown = ({ clock, to, moves }: ClockMove, now: Instant): ShownMove => ({
  id: clock.id,
  caseNumber: clock.caseNumber,
  kind: clock.kind,
  unit: clock.unit,
  acute: clock.acute,
  paused: isPaused(clock as Parameters<typeof isPaused>[0], now),
  from: iso(clock.dueAt),
  to: iso(to),
  moves,
});

const noSeal = (): Uint8Array => {
  throw new Error('a moved clock has no sealed content');
};

const rowOf = (ctx: Ctx, world: World, retiming: Retiming): Record<string, unknown> =>
  isTimer(retiming.kind)
    ? { ...retiming, nextAlarmAt: retiming.dueAt, nextStage: 'act' }
    : retimedRow(ctx, world, retiming);

type Moving = ClockMove & { readonly clock: OpenClockRow };

const moveAll = async (ctx: Ctx, tx: Tx, world: World, changeId: string, moving: readonly Moving[]): Promise<void> => {
  const byReferral = [...Map.groupBy(moving, ({ clock }) => clock.referralId)];
  const chains = byReferral.map(([referralId, moves]) => {
    const due = Object.fromEntries(moves.map(({ clock, to }) => [clock.id, { was: iso(clock.dueAt), is: iso(to) }]));
    const head = moves[0]?.clock as OpenClockRow;
    const fact = { kind: 'clocks-moved', data: { change: changeId, due } };
    return { referralId, clock: head, ...chainRows(ctx, referralId, head, [fact], 'administrator', noSeal) };
  });
  const outbox = chains.map(({ referralId, clock: { ownerUnit, responsibleUnit } }) => {
    const units = [...new Set([ownerUnit, responsibleUnit])];
    return outboxRow(ctx, { name: 'referral.changed', payload: { referralId, by: 'system', units, persons: [] } });
  });
  await insertRecords(tx, ctx.scope, {
    events: chains.flatMap(({ rows }) => rows),
    deadlines: [],
    outbound: [],
    outbox,
  });
  await moveClocks(tx, ctx.scope, {
    rows: moving.map(({ retiming }) => rowOf(ctx, world, retiming)),
    referrals: chains.map(({ referralId, head }) => ({ id: referralId, ...head })),
    notDuties: NOT_DUTIES,
    at: ctx.now,
  });
};

/**
 * A change of law, policy or calendar. The digest covers the version that it changes and every clock that moves, so that
 * nothing but what was shown is confirmed.
 */
export const prepareRegulations: Prepare = async (ctx, tx, { id, payload }, lock) => {
  const change = parseChange(regulationChange, payload);
  const today = localDay(ctx.now);
  const before = await currentWorld(ctx, tx);
  const { organisation } = before;
  const found = await findRegulations(tx, ctx.scope);
  const current = found ?? { version: 0, document: defaultRegulations(organisation) };
  const document = applyRegulation(current.document, change, id, organisation, ctx.now);
  const from = beginOf(change, today);
  // What open clocks would come to is shown in any case; what they move to is decided by the change alone.
  const applied = 'applyToOpen' in change ? { ...change, applyToOpen: true } : change;
  const after = worldFrom(organisation, applyRegulation(current.document, applied, id, organisation, ctx.now));
  const clocks = MOVES_CLOCKS.has(change.what) ? await findOpenClocks(tx, ctx.scope, lock) : [];
  const applyToOpen = appliesToOpen(change);
  const all = movedBy(clocks, { before, after, applyToOpen, from }, ctx.now) as readonly Moving[];
  const moving = all.filter(({ moves }) => moves);
  const looks = ({ kind }: OpenClockRow): boolean => isTimer(kind) && change.what === 'opening-exception';
  const covered = canonical([
    id,
    current.version,
    // Of the system's own look the instant follows from the hours and the minute of the confirmation.
    moving.map(({ clock, to }) => [clock.id, iso(clock.dueAt), looks(clock) ? null : iso(to)]),
  ]);
  return {
    moves: all.map((move) => shown(move, ctx.now)),
    digest: Buffer.from(ctx.deps.vault.digest(covered)).toString('hex'),
    write: async () => {
      const version = current.version + 1;
      const fromOn = from.toString();
      await insertRegulations(tx, ctx.scope, { version, document, fromOn, changeId: id, at: ctx.now });
      await raiseOrganisationVersion(tx, ctx.scope);
      if (moving.length > 0) await moveAll(ctx, tx, after, id, moving);
    },
  };
};
