import { type LegalBasis, refusalOf } from './codes.ts';
import { type Clock, runClock, startClock } from './deadlines.ts';
import type { EvidenceKind } from './evidence.ts';
import { feedbackClocks } from './feedback-duty.ts';
import { refuseField } from './field-errors.ts';
import { type Act, demandLegal, illegal } from './lifecycle.ts';
import type { Measure, MeasureChange } from './measure.ts';
import type { Decision, Referral } from './referral.ts';
import { type Instant, iso, localDay } from './time.ts';
import type { World } from './world.ts';

/** `plannedMonths`: whole months, null where no end is planned. `reason` is sealed. */
export type Plan = {
  readonly type: string;
  readonly plannedMonths: number | null;
  readonly reason: string;
};

export type FollowUp = {
  readonly evidence: EvidenceKind;
  /** Sealed: how the child fares, and what follows from it. */
  readonly conclusion: string;
  /** Whole months to the next one, as decided for the case; null is the municipality's own cadence. */
  readonly nextMonths: number | null;
  readonly occurredAt?: Instant;
};

/** Until the child is grown: longer than this is a slip of the pen. */
const MOST_MONTHS = 240;
const MOST_MONTHS_BETWEEN = 12;

const demandMonths = (path: 'plannedMonths' | 'nextMonths', months: number | null, most: number): void => {
  if (months === null || (Number.isInteger(months) && months >= 1 && months <= most)) return;
  refuseField(path, 'out-of-range');
};

type Kind = Pick<Plan, 'type' | 'plannedMonths'>;

const demandPlan = ({ type, plannedMonths }: Kind, { rulebook }: World, now: Instant): void => {
  const refusal = refusalOf(rulebook.codes.measures, type, localDay(now));
  if (refusal) refuseField('type', refusal);
  demandMonths('plannedMonths', plannedMonths, MOST_MONTHS);
};

const demandRunning = (act: Act, referral: Referral, measure: Measure): void => {
  demandLegal(act, referral.status);
  if (measure.referralId === referral.id && measure.state === 'running') return;
  throw illegal('Indsatsen er allerede afsluttet.', 'The measure has ended already.');
};

const updated = (
  { id, state, followUps }: Measure,
  set: Extract<MeasureChange, { change: 'update' }>['set'],
): MeasureChange => ({ change: 'update', id, from: { state, followUps }, set });

/**
 * Help is put in place, as decided. Opens its follow-up, 3 months from the start, and a feedback clock.
 * Throws ILLEGAL_TRANSITION when nothing was decided that a measure could follow from.
 */
export const startMeasure = (
  referral: Referral,
  { measureId, type, plannedMonths, reason }: Plan & { readonly measureId: string },
  basis: LegalBasis | null,
  world: World,
  now: Instant,
): Decision => {
  demandLegal('start-measure', referral.status);
  if (referral.decision === null || referral.decision === 'nothing') {
    throw illegal('Træf først en afgørelse om indsats.', 'Decide on a measure first.');
  }
  demandPlan({ type, plannedMonths }, world, now);
  const from = { start: now, receivedAt: referral.receivedAt, acute: referral.acute };
  const followUp = startClock('follow-up', from, world.rulebook, world.calendar);
  return {
    patch: {},
    facts: [{ kind: 'measure-started', data: { measureId, type, plannedMonths }, sealed: { text: reason } }],
    measures: [
      {
        change: 'insert',
        measure: {
          id: measureId,
          referralId: referral.id,
          type,
          plannedMonths,
          state: 'running',
          startedAt: now,
          endedAt: null,
          followUps: 0,
        },
      },
    ],
    start: [{ ...followUp, subjectId: measureId }, ...feedbackClocks(referral, measureId, basis, world, now)],
  };
};

/** Another type or duration of the same help; its follow-up stays as it is. */
export const changeMeasure = (
  referral: Referral,
  measure: Measure,
  { type, plannedMonths, reason }: Plan,
  world: World,
  now: Instant,
): Decision => {
  demandRunning('change-measure', referral, measure);
  if (type === measure.type && plannedMonths === measure.plannedMonths) refuseField('type', 'nothing-changed');
  // A type that has gone out of use since may stay, but not be chosen.
  if (type !== measure.type) demandPlan({ type, plannedMonths }, world, now);
  else demandMonths('plannedMonths', plannedMonths, MOST_MONTHS);
  const data = { measureId: measure.id, type, plannedMonths, was: [measure.type, measure.plannedMonths] };
  return {
    patch: {},
    facts: [{ kind: 'measure-changed', data, sealed: { text: reason } }],
    measures: [updated(measure, { type, plannedMonths })],
  };
};

/** The help ends; what was still to be followed up lapses, the feedback that is owed does not. */
export const endMeasure = (referral: Referral, measure: Measure, reason: string, now: Instant): Decision => {
  demandRunning('end-measure', referral, measure);
  return {
    patch: {},
    facts: [{ kind: 'measure-ended', data: { measureId: measure.id }, sealed: { text: reason } }],
    measures: [updated(measure, { state: 'ended', endedAt: now })],
    end: [{ kind: 'follow-up', as: 'lapsed', subjectId: measure.id }],
  };
};

const nextFollowUp = (
  referral: Referral,
  months: number | null,
  { rulebook, calendar }: World,
  now: Instant,
): Clock => {
  const from = { start: now, receivedAt: referral.receivedAt, acute: referral.acute, again: true };
  const cadence = startClock('follow-up', from, rulebook, calendar);
  if (months === null) return cadence;
  const { law, paragraph, acute } = cadence.derivation;
  const source = 'besluttet for sagen ved den forrige opfølgning';
  return runClock(
    { kind: 'follow-up', law, paragraph, status: 'policy', source, acute },
    now,
    { n: months, unit: 'months' },
    calendar,
  );
};

/** § 95: meets the follow-up and starts the next, 6 months on unless decided otherwise for the case. */
export const followUp = (
  referral: Referral,
  measure: Measure,
  { evidence, conclusion, nextMonths, occurredAt }: FollowUp,
  world: World,
  now: Instant,
): Decision => {
  demandRunning('follow-up', referral, measure);
  demandMonths('nextMonths', nextMonths, MOST_MONTHS_BETWEEN);
  const round = measure.followUps + 1;
  return {
    patch: {},
    facts: [
      {
        kind: 'followed-up',
        data: { measureId: measure.id, round, evidence, nextMonths },
        ...(occurredAt ? { occurredAt: iso(occurredAt) } : {}),
        sealed: { text: conclusion },
      },
    ],
    measures: [updated(measure, { followUps: round })],
    end: [{ kind: 'follow-up', as: 'met', subjectId: measure.id }],
    start: [{ ...nextFollowUp(referral, nextMonths, world, now), subjectId: measure.id }],
  };
};
