import { assessBy, isAssessed, moveTo } from './acknowledge.ts';
import { actsNow } from './acting.ts';
import { combine } from './combine.ts';
import { type Clock, startClock } from './deadlines.ts';
import { timersFor } from './intake.ts';
import { demandLegal, illegal, takenStatus } from './lifecycle.ts';
import { currentUnit } from './organisation-tree.ts';
import { isHearing } from './parents.ts';
import type { Decision, Referral } from './referral.ts';
import type { RuledKind } from './rulebook.ts';
import { type Instant, localDay } from './time.ts';
import type { World } from './world.ts';

/** How many of each are still open on the referral. */
export type StillOpen = {
  readonly runningMeasures: number;
  readonly openHandovers: number;
  readonly openDisputes: number;
};

/** Work that a closed referral would leave undone. Feedback, and the receipt that the system sends, survive closing. */
const UNDONE: ReadonlySet<string> = new Set(['acknowledge', 'assess-24h', 'investigation', 'reassess']);

const demandNothingOpen = (referral: Referral, open: StillOpen): void => {
  if (open.openDisputes > 0) {
    throw illegal('Uenigheden skal være afgjort først.', 'The dispute must be settled first.');
  }
  if (open.openHandovers > 0) {
    throw illegal('Overdragelsen skal være besvaret eller trukket tilbage først.', 'The hand-over is still open.');
  }
  if (open.runningMeasures > 0) throw illegal('En indsats er stadig i gang.', 'A measure is still running.');
  if (referral.clocks.some(({ kind }) => kind === 'request-for-more')) {
    throw illegal(
      'Underretter er bedt om at svare. Træk det tilbage først.',
      'The notifier is asked to answer. Withdraw it first.',
    );
  }
  if (isHearing(referral)) {
    throw illegal('Partshøringen skal være afsluttet først.', 'The hearing of the parties must have ended first.');
  }
  if (referral.provisionalRule !== null) {
    throw illegal('Kun den ansvarlige enhed kan afslutte.', 'Only the responsible unit can close it.');
  }
  if (referral.clocks.some((c) => UNDONE.has(c.kind))) {
    throw illegal(
      'En frist løber stadig. Afgør først, hvad undersøgelsen ender med, eller at der ikke skal undersøges.',
      'A clock still runs. Decide first what the investigation leads to, or that there is to be none.',
    );
  }
};

/** Decided and done: nothing of the work runs. The duty to give feedback stays with the owner. `reason` is sealed. */
export const close = (referral: Referral, reason: string, open: StillOpen, now: Instant): Decision => {
  demandLegal('close', referral.status);
  demandNothingOpen(referral, open);
  return {
    patch: { status: 'closed', closedAt: now, closeReason: 'finished', assessmentUnit: null, stayingPerson: null },
    facts: [{ kind: 'closed', data: { decision: referral.decision }, sealed: { text: reason } }],
    end: [
      { kind: 'opening', as: 'lapsed' },
      { kind: 'closing', as: 'lapsed' },
    ],
  };
};

/** Duties that lapsed undone, as when the closing was itself the error. They count from receipt, as the law has it. */
const dutiesAgain = (referral: Referral, receiptOwed: boolean, world: World, now: Instant): readonly Clock[] => {
  const runs = (kind: string): boolean => referral.clocks.some((c) => c.kind === kind);
  const clock = (kind: RuledKind): readonly Clock[] => {
    const from = { start: now, receivedAt: referral.receivedAt, acute: referral.acute };
    return runs(kind) ? [] : [startClock(kind, from, world.rulebook, world.calendar)];
  };
  if (referral.matter === 'inquiry') return [];
  return [
    ...(referral.assessedAt === null ? clock('assess-24h') : []),
    ...(receiptOwed ? clock('receipt') : []),
    ...(referral.decision === null ? clock('investigation') : []),
  ];
};

/**
 * Closed too early, or something new has come: it goes on where it stood, with its unit or the unit that has come after
 * it, and what was left undone is a duty again. `receiptOwed`: a receipt is owed and was never delivered.
 */
export const reopen = (
  referral: Referral,
  { reason, receiptOwed }: { readonly reason: string; readonly receiptOwed: boolean },
  world: World,
  now: Instant,
): Decision => {
  demandLegal('reopen', referral.status);
  const responsible = currentUnit(world.organisation, referral.responsibleUnit, localDay(now))?.id;
  const unit = responsible ?? referral.responsibleUnit;
  const reopened: Decision = {
    patch: { closedAt: null, closeReason: null },
    facts: [{ kind: 'reopened', data: { unit }, sealed: { text: reason } }],
    start: dutiesAgain(referral, receiptOwed, world, now),
  };
  const facts = { acute: referral.acute, assessBy: assessBy(referral), assessed: isAssessed(referral), at: now };
  const acting = actsNow({ responsible: unit, ...facts }, world);
  const same = unit === referral.ownerUnit && referral.provisionalRule === null && acting.as === 'owner';
  // Whoever had it may have become related to the child since: then it is to be taken anew.
  const hasHandler = referral.acknowledgedAt !== null && !referral.barred.includes(referral.handlerId ?? '');
  if (same && hasHandler) {
    const timers = timersFor(world, unit, false, now);
    return { ...reopened, patch: { ...reopened.patch, status: takenStatus(referral) }, timers };
  }
  const placed = moveTo(referral, unit, 'reopened', { kind: 'routed-again', data: { unit, rule: null } }, world, now);
  return combine(reopened, placed);
};
