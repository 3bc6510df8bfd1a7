import { spanInWords } from './deadline-explanation.ts';
import type { Reason } from './errors.ts';
import type { Department, Organisation } from './organisation.ts';
import { dutyUnit } from './organisation-tree.ts';
import { phoneAt } from './rota.ts';
import { type Period, policyAt, policyRuleAt } from './rulebook.ts';
import { type Instant, isBefore, iso, localDay } from './time.ts';
import type { World } from './world.ts';

/** What the view is made from; everything else of the case stays out of it. */
export type NotifierFacts = {
  readonly basis: string;
  readonly acute: boolean;
  readonly receivedAt: Instant;
  readonly registeredAt: Instant;
  readonly receiptState: 'pending' | 'delivered' | 'not-owed' | 'undeliverable';
  readonly deliveredAt: Instant | null;
  readonly receiptDueAt: Instant | null;
  readonly ownerUnit: string | null;
  /** Nobody has ever taken some child's matter; a hand-over later tells the notifier nothing. */
  readonly unacknowledged: boolean;
};

export type NotifierLine = {
  receivedAt: string;
  department: Reason;
  phone: string;
  acute: boolean;
  callNow: boolean;
  receipt: { state: NotifierFacts['receiptState']; at: string | null; dueAt: string | null };
  feedback: Reason | null;
};

const feedbackWithin = (period: Period): Reason => {
  const { da, en } = spanInWords(period);
  return {
    da: `Du får orientering senest ${da} efter hver afgørelse og hver indsats, der sættes i gang.`,
    en: `You are told at the latest ${en} after each decision and each measure that is started.`,
  };
};

/** The department that answers a notifier, and its one phone number: never the unit, whose name may tell too much. */
export const departmentOf = (organisation: Organisation, unitId: string | null): Department => {
  const unit = unitId ? organisation.units.get(unitId) : undefined;
  const department = organisation.departments.get(unit?.department ?? '') ?? [...organisation.departments.values()][0];
  if (!department) throw new Error('the organisation has no department');
  return department;
};

/**
 * The notifier's view: received when, department and phone, the receipt, for professionals when feedback comes; never
 * stage, unit, hand-over, dispute or siblings. Before a decision there is no date to show, and after one the date
 * would tell of it, so the period is told in words.
 */
export const notifierLine = (facts: NotifierFacts, { organisation, rulebook }: World, now: Instant): NotifierLine => {
  const { callAfterMinutes } = policyAt(rulebook, facts.registeredAt);
  const { name, nameEn, phone } = departmentOf(organisation, facts.ownerUnit);
  const late = !isBefore(now, facts.registeredAt.add({ minutes: callAfterMinutes }));
  const callNow = facts.acute && facts.unacknowledged && late;
  return {
    receivedAt: iso(facts.receivedAt),
    department: { da: name, en: nameEn },
    // Round the clock, and told without the name of who answers.
    phone: callNow ? phoneAt(dutyUnit(organisation, localDay(now)).id, organisation, now) : phone,
    acute: facts.acute,
    callNow,
    receipt: {
      state: facts.receiptState,
      at: facts.deliveredAt ? iso(facts.deliveredAt) : null,
      dueAt: facts.receiptDueAt ? iso(facts.receiptDueAt) : null,
    },
    feedback:
      facts.basis === 'professional' ? feedbackWithin(policyRuleAt(rulebook, 'feedback', now).rule.period) : null,
  };
};
