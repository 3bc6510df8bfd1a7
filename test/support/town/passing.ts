import { type Instant, isBefore, T } from '#domain/time.ts';
import { basisCorrected } from '#jobs/handlers/basis-corrected.ts';
import { childReview } from '#jobs/handlers/child-review.ts';
import { clockDue } from '#jobs/handlers/clock-due.ts';
import { receiptTold } from '#jobs/handlers/receipt-told.ts';
import { unitsDue } from '#jobs/handlers/units-due.ts';
import { MESSAGES, type MessageName, type MessagePayload } from '#messages';
import type { TestWorld } from '#test/support/context.ts';
import { claimDueClocks } from '#usecases/claim-due-clocks.ts';
import { claimDueUnits } from '#usecases/claim-due-units.ts';

const MOST = 500;
const MOST_LOOKS = 20_000;

/**
 * When something happens next that is more than a reminder: the end of an awaited act, the end of a ladder's step, a timer of the system, a change of units. Reminders before and between go out with these.
 */
const nextAct = async ({ deps: { db } }: TestWorld, now: Instant): Promise<Instant | null> => {
  const [row] = await db.$queryRaw<{ at: Date | null }[]>`
    select min(at) as at from (
      select case
          when kind in ('acknowledge', 'handover') and next_stage = 'end' then next_alarm_at
          when kind in ('acknowledge', 'handover') and next_stage <> 'after' then greatest(due_at, next_alarm_at)
          when kind like 'ladder.%' then case when next_stage <> 'after' then due_at end
          when kind in ('opening', 'closing', 'return-check', 'pause-end') then next_alarm_at
        end as at
      from deadline where state = 'running'
      union all select next_at from unit_change where next_at is not null) acts`;
  if (!row?.at) return null;
  const at = T.Instant.fromEpochMilliseconds(row.at.getTime());
  return isBefore(at, now) ? now : at;
};

/** Acts on everything that was handed over, as the queue's workers would; mails stay unsent. */
const handle = async (world: TestWorld, now: Instant): Promise<number> => {
  const { outbox } = world.deps.db;
  const make = (rule: string) => Promise.resolve(world.systemCtx(now, rule));
  const names = ['clock.due', 'units.due', 'child.review', 'receipt.told', 'basis.corrected'] as const;
  const rows = await outbox.findMany({ where: { name: { in: [...names] }, sentAt: null }, orderBy: { id: 'asc' } });
  await outbox.updateMany({
    where: { id: { in: rows.map(({ id }) => id) } },
    data: { sentAt: new Date(now.epochMilliseconds) },
  });
  const of = <N extends MessageName>(name: N): MessagePayload<N>[] =>
    rows.filter((row) => row.name === name).map(({ payload }) => MESSAGES[name].parse(payload) as MessagePayload<N>);
  const due = of('clock.due').toSorted((a, b) => (a.dueAt + a.kind < b.dueAt + b.kind ? -1 : 1));
  for (const one of due) await clockDue(make, one);
  for (const one of of('units.due')) await unitsDue(make, one);
  for (const one of of('child.review')) await childReview(make, one);
  for (const one of of('receipt.told')) await receiptTold(make, one);
  for (const one of of('basis.corrected')) await basisCorrected(make, one);
  return rows.length;
};

/** Everything that is due now, until nothing is. */
const atRest = async (world: TestWorld, now: Instant): Promise<void> => {
  for (let round = 0; round < 500; round += 1) {
    const { claimed } = await claimDueClocks(world.systemCtx(now), MOST);
    const changes = await claimDueUnits(world.systemCtx(now));
    if ((await handle(world, now)) + claimed + changes.claimed === 0) return;
  }
  throw new Error('the system never comes to rest');
};

/** Lets time pass, with everything that the jobs process does meanwhile, each at its own instant. */
export const passTime = async (world: TestWorld, from: Instant, until: Instant): Promise<void> => {
  await atRest(world, from);
  let now = from;
  for (let looks = 0; looks < MOST_LOOKS; looks += 1) {
    const next = await nextAct(world, now.add({ milliseconds: 1 }));
    if (next === null || isBefore(until, next)) return atRest(world, until);
    now = next;
    await atRest(world, now);
  }
  throw new Error('time never passes');
};
