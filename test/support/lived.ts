import { advanceDispute } from '#domain/advance-dispute.ts';
import { returnAtOpening, reviewAtClosing } from '#domain/closing.ts';
import { escalate } from '#domain/escalation.ts';
import { checkReturn } from '#domain/handover.ts';
import type { Decision, RunningClock } from '#domain/referral.ts';
import { type Instant, isBefore, T } from '#domain/time.ts';
import { applied, type Matter, openOf } from './matter.ts';
import { world } from './referral.ts';

let serial = 0;
export const newId = (): string => `x${++serial}`;

const CLOCKS: ReadonlySet<string> = new Set(['acknowledge', 'handover', 'opening', 'closing', 'return-check']);
const isDriven = ({ kind }: RunningClock): boolean => CLOCKS.has(kind) || kind.startsWith('ladder.');

/** What the system does at a due row. */
const onDue = (matter: Matter, clock: RunningClock, now: Instant): Decision | null => {
  const open = openOf(matter);
  const { referral } = matter;
  switch (clock.kind) {
    case 'opening':
      return returnAtOpening(referral, world, now, open);
    case 'closing':
      return reviewAtClosing(referral, world, now, open);
    case 'return-check':
      return checkReturn(referral, open, { handoverId: clock.subjectId ?? '', id: newId() }, world, now);
    case 'acknowledge':
    case 'handover':
      return escalate(referral, open, { awaited: clock.kind, id: newId() }, world, now);
    default:
      return advanceDispute(open, world, now);
  }
};

/** What happens until `until`, each due row at its own instant. */
export const lived = (from: Matter, until: Instant): Matter => {
  let matter = from;
  // Clocks past their end stay and are looked at again when something has changed: their reminders, in short.
  const asked = new Set<string>();
  for (let n = 0; n < 200; n++) {
    const due = matter.referral.clocks
      .filter((clock) => isDriven(clock) && !isBefore(until, clock.dueAt))
      .filter(
        (clock) => !asked.has(`${clock.id} ${clock.dueAt} ${matter.disputes.length} ${matter.referral.ownerUnit}`),
      )
      .toSorted((a, b) => T.Instant.compare(a.dueAt, b.dueAt))[0];
    if (!due) return matter;
    asked.add(`${due.id} ${due.dueAt} ${matter.disputes.length} ${matter.referral.ownerUnit}`);
    const now = isBefore(due.dueAt, matter.referral.changedAt) ? matter.referral.changedAt : due.dueAt;
    const decision = onDue(matter, due, now);
    if (decision) matter = applied(matter, decision, now);
  }
  throw new Error('the system never comes to rest');
};
