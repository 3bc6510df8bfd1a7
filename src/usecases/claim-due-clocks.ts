import { withoutBarred } from '#domain/conflict.ts';
import { dueStep, type Reminder } from '#domain/due-step.ts';
import { isLate } from '#domain/lateness.ts';
import { demand } from '#domain/policy.ts';
import type { Mail } from '#domain/referral.ts';
import { type Instant, isBefore, iso, localDay } from '#domain/time.ts';
import type { World } from '#domain/world.ts';
import { inTransaction } from '#store/db.ts';
import { ACTING, type DueClock, lockDueClocks, nextAlarmAt, setNextAlarms } from '#store/deadlines.ts';
import { findDisputes } from '#store/matters.ts';
import { insertRecords } from '#store/records.ts';
import { setHeads } from '#store/referrals.ts';
import type { Ctx } from './context.ts';
import { chainRows, mailRows, outboxRow } from './rows.ts';
import { currentWorld } from './world.ts';

/** What was handed over to be acted on and was not is handed over again after this long. */
const AGAIN_MS = 60_000;
const PUT_OFF = { minutes: 5 } as const;
type Row = Record<string, unknown>;

const noSeal = (): Uint8Array => {
  throw new Error('an alarm has no sealed content');
};

/** A plain reminder: its mails and its line in the journal, which says so when it comes late. */
const reminded = (ctx: Ctx, world: World, clock: DueClock, { stage, mails }: Reminder) => {
  const about = { referralId: clock.referralId, notificationId: null };
  const languageOf = ({ template }: Mail) => (template === 'request' ? (clock.notifierLanguage ?? 'da') : 'da');
  const rows = mails.map((mail) => mailRows(ctx, world, { ...about, language: languageOf(mail) }, mail));
  const told = mails.map(({ to }) => ('person' in to ? to.person : 'unit' in to ? to.unit : 'notifier'));
  const late = isLate(clock.alarmAt, ctx.now) ? { outage: iso(ctx.now) } : {};
  const data = { clock: clock.kind, stage, due: iso(clock.dueAt), planned: iso(clock.alarmAt), told, ...late };
  return { rows, fact: { kind: 'alarm-raised', data } };
};

/**
 * The sweep's one step, and the only way in which anything becomes due. Reminders are written many at once, with their
 * mails and journal lines; timers become messages for the one use case that acts. What another sweep or a person's act
 * holds is passed over and found again. Answers how many were claimed and when the next is due.
 */
export const claimDueClocks = async (ctx: Ctx, limit: number): Promise<{ claimed: number; nextAt: Instant | null }> => {
  demand(ctx.actor, 'clock.act');
  const nextAt = await nextAlarmAt(ctx.deps.db, ctx.scope);
  // Most rounds: one statement instead of a transaction that locks nothing.
  if (nextAt === null || isBefore(ctx.now, nextAt)) return { claimed: 0, nextAt };
  const claimed = await claimBatch(ctx, limit).catch((error) => claimOneByOne(ctx, limit, error));
  return { claimed, nextAt: await nextAlarmAt(ctx.deps.db, ctx.scope) };
};

/** One clock that cannot be reckoned must not stop all others: it is put off, told in the log, and tried again. */
const claimOneByOne = async (ctx: Ctx, limit: number, cause: unknown): Promise<number> => {
  ctx.deps.log.error('sweep.batch-failed', {}, cause);
  for (let done = 0; done < limit; done += 1) {
    const [first] = await inTransaction(ctx.deps.db, (tx) => lockDueClocks(tx, ctx.scope, ctx.now, 1));
    if (!first) return done;
    try {
      await claimBatch(ctx, 1);
    } catch (error) {
      ctx.deps.log.error('sweep.clock-failed', { deadlineId: first.id, referralId: first.referralId }, error);
      const later = { id: first.id, from: first.alarmAt, to: ctx.now.add(PUT_OFF), stage: first.stage };
      await setNextAlarms(ctx.deps.db, ctx.scope, [later]);
    }
  }
  return limit;
};

const claimBatch = (ctx: Ctx, limit: number): Promise<number> =>
  inTransaction(ctx.deps.db, async (tx) => {
    const due = await lockDueClocks(tx, ctx.scope, ctx.now, limit);
    if (due.length === 0) return 0;
    const whole = await currentWorld(ctx, tx);
    const heads = new Map<string, { eventCount: number; headHash: Uint8Array }>();
    const records = { events: [] as Row[], deadlines: [], outbound: [] as Row[], outbox: [] as Row[] };
    const moves: Parameters<typeof setNextAlarms>[2][number][] = [];
    const ladders = new Set(due.filter(({ kind }) => kind.startsWith('ladder.')).map(({ subjectId }) => subjectId));
    const disputes = await findDisputes(
      tx,
      ctx.scope,
      [...ladders].filter((id) => id !== null),
    );
    const handOver = ({ id: deadlineId, referralId, kind, dueAt }: DueClock): void => {
      const payload = { deadlineId, referralId, kind, dueAt: iso(dueAt) };
      records.outbox.push(outboxRow(ctx, { name: 'clock.due', payload }));
    };
    const acting = new Map<string, Instant>();
    for (const clock of due) {
      const before = acting.get(clock.referralId);
      // What fell due later waits until the system has acted: it may be another's by then, or lapsed.
      if (before && isBefore(before, clock.alarmAt)) continue;
      const dispute = disputes.find(({ id }) => id === clock.subjectId);
      const world = withoutBarred(whole, clock.barred, localDay(ctx.now));
      const { acts, reminder } = dueStep(clock, dispute, world, ctx.now);
      if (acts) handOver(clock);
      if (!reminder) {
        acting.set(clock.referralId, clock.dueAt);
        const to = ctx.now.add({ milliseconds: AGAIN_MS });
        moves.push({ id: clock.id, from: clock.alarmAt, to, stage: ACTING });
        continue;
      }
      const { rows, fact } = reminded(ctx, world, clock, reminder);
      const chain = chainRows(ctx, clock.referralId, heads.get(clock.referralId) ?? clock, [fact], 'system', noSeal);
      heads.set(clock.referralId, chain.head);
      records.events.push(...chain.rows);
      records.outbound.push(...rows.map((r) => r.outbound));
      records.outbox.push(...rows.map((r) => r.outbox));
      moves.push({ id: clock.id, from: clock.alarmAt, to: reminder.next.at, stage: reminder.next.stage });
    }
    await setNextAlarms(tx, ctx.scope, moves);
    await setHeads(
      tx,
      ctx.scope,
      [...heads].map(([id, head]) => ({ id, ...head })),
      ctx.now,
    );
    await insertRecords(tx, ctx.scope, records);
    return moves.length;
  });
