import type { Reason } from './errors.ts';
import type { Department, Organisation } from './organisation.ts';
import { dutyUnit } from './organisation-tree.ts';
import { type Instant, isBefore, iso, localDay } from './time.ts';

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

/** An acute matter that nobody has taken by then: the notifier is shown the number to call. */
const CALL_AFTER = { minutes: 15 } as const;

const FEEDBACK: Reason = {
  da: 'Du får orientering senest 5 arbejdsdage efter hver afgørelse og hver indsats, der sættes i gang.',
  en: 'You are told at the latest 5 workdays after each decision and each measure that is started.',
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
export const notifierLine = (facts: NotifierFacts, organisation: Organisation, now: Instant): NotifierLine => {
  const { name, nameEn, phone } = departmentOf(organisation, facts.ownerUnit);
  const late = !isBefore(now, facts.registeredAt.add(CALL_AFTER));
  const callNow = facts.acute && facts.unacknowledged && late;
  return {
    receivedAt: iso(facts.receivedAt),
    department: { da: name, en: nameEn },
    // Round the clock, and told without the name of who answers.
    phone: callNow ? dutyUnit(organisation, localDay(now)).phone : phone,
    acute: facts.acute,
    callNow,
    receipt: {
      state: facts.receiptState,
      at: facts.deliveredAt ? iso(facts.deliveredAt) : null,
      dueAt: facts.receiptDueAt ? iso(facts.receiptDueAt) : null,
    },
    feedback: facts.basis === 'professional' ? FEEDBACK : null,
  };
};
