import { type Clock, type Derivation, runClock } from './deadlines.ts';
import type { DomainError, Reason } from './errors.ts';
import { refuseField } from './field-errors.ts';
import { illegal } from './lifecycle.ts';
import type { Decision, Referral, RunningClock } from './referral.ts';
import { inForce, type RuleStatus } from './rulebook.ts';
import { type Instant, isAfter, iso } from './time.ts';
import type { World } from './world.ts';

export const ACCESS_CLOCK = 'access-request';

type Version = {
  readonly from: string | null;
  readonly months: number;
  /** By so many more it may be prolonged, once, with a reason that is told before the first period is over. */
  readonly further: number;
  readonly paragraph: string;
  readonly status: RuleStatus;
  readonly source: string;
};

/**
 * Within a month of receipt, which may be prolonged by two further months (data protection regulation, article 12 (3)).
 * Worked date: received on 31 January 2027, due on 28 February; prolonged, on 30 April.
 */
const VERSIONS: readonly [Version] = [
  {
    from: null,
    months: 1,
    further: 2,
    paragraph: 'artikel 12, stk. 3',
    status: 'recalled',
    source:
      'databeskyttelsesforordningens artikel 12, stk. 3: senest en måned efter modtagelsen; kan forlænges med to måneder',
  },
];

const clockOf = (receivedAt: Instant, months: number, by: Version, { calendar }: Pick<World, 'calendar'>): Clock => {
  const { paragraph, status, source } = by;
  const basis = { law: 'gdpr', lawName: 'databeskyttelsesforordningen', paragraph, status, source, acute: false };
  return runClock({ kind: ACCESS_CLOCK, ...basis }, receivedAt, { n: months, unit: 'months' }, calendar);
};

export const noneOpen = (): DomainError =>
  illegal('Der er ingen anmodning om indsigt i gang.', 'No request for access is open.');

const running = ({ clocks }: Pick<Referral, 'clocks'>): RunningClock => {
  const clock = clocks.find(({ kind }) => kind === ACCESS_CLOCK);
  if (!clock) throw noneOpen();
  return clock;
};

const demandText = (text: string): void => {
  if (!text.trim()) refuseField('reason', 'required');
};

export type AccessAsked = { readonly id: string; readonly receivedAt: Instant; readonly reason: string };

/** Somebody has asked for all about the child: the month runs from when it was received. One at a time. */
export const beginAccess = (
  referral: Referral,
  { id, receivedAt, reason }: AccessAsked,
  world: World,
  now: Instant,
): Decision => {
  if (referral.clocks.some(({ kind }) => kind === ACCESS_CLOCK)) {
    throw illegal('Der er allerede en anmodning om indsigt i gang.', 'A request for access is open already.');
  }
  if (isAfter(receivedAt, now)) refuseField('receivedOn', 'future-date');
  demandText(reason);
  const version = inForce<Version>(VERSIONS, receivedAt);
  return {
    patch: {},
    facts: [{ kind: 'access-requested', occurredAt: iso(receivedAt), data: { request: id }, sealed: { text: reason } }],
    start: [{ ...clockOf(receivedAt, version.months, version, world), subjectId: id }],
  };
};

/** By two further months from the first end, once, and only before that has passed. */
export const prolongAccess = (referral: Referral, reason: string, world: World, now: Instant): Decision => {
  const { id, kind, startedAt, dueAt, derivation } = running(referral);
  const version = inForce<Version>(VERSIONS, startedAt);
  if ((derivation as Derivation).period.n > version.months) {
    throw illegal('Fristen er allerede forlænget.', 'The deadline has been prolonged already.');
  }
  if (isAfter(now, dueAt)) throw illegal('Fristen er overskredet.', 'The deadline has passed.');
  demandText(reason);
  const is = clockOf(startedAt, version.months + version.further, version, world);
  return {
    patch: {},
    facts: [{ kind: 'access-prolonged', data: { due: iso(is.dueAt) }, sealed: { text: reason } }],
    retime: [{ id, kind, acute: false, dueAt: is.dueAt, derivation: is.derivation }],
  };
};

/** It was answered: what was kept and what was blacked out, in numbers; what they were stands sealed with the answer. */
export const releaseAccess = (
  referral: Referral,
  { kept, blacked, digest }: { readonly kept: number; readonly blacked: number; readonly digest: string },
): Decision => {
  const { subjectId } = running(referral);
  return {
    patch: {},
    facts: [{ kind: 'access-released', data: { request: subjectId, kept, blacked }, sealed: { sha256: digest } }],
    end: [{ kind: ACCESS_CLOCK, as: 'met' }],
  };
};

/** It was taken back, or refused: why stands sealed. */
export const withdrawAccess = (referral: Referral, reason: string): Decision => {
  const { subjectId } = running(referral);
  demandText(reason);
  return {
    patch: {},
    facts: [{ kind: 'access-withdrawn', data: { request: subjectId }, sealed: { text: reason } }],
    end: [{ kind: ACCESS_CLOCK, as: 'lapsed' }],
  };
};

/** Lines of the journal about it. */
export const ACCESS_EVENTS = {
  'access-requested': { da: 'Anmodning om indsigt modtaget', en: 'Request for access received' },
  'access-prolonged': { da: 'Fristen for indsigt er forlænget', en: 'The deadline for access was prolonged' },
  'access-released': { da: 'Indsigt frigivet', en: 'Access released' },
  'access-withdrawn': {
    da: 'Anmodningen om indsigt er afsluttet uden svar',
    en: 'The request for access ended unanswered',
  },
} as const satisfies Readonly<Record<string, Reason>>;
