import { combine } from './combine.ts';
import { DomainError } from './errors.ts';
import { firstStep } from './ladder-step.ts';
import type { Dispute, OpenMatters, Party } from './ownership.ts';
import { openDispute } from './ownership.ts';
import { placesOwner, placeWhileOpen } from './provisional.ts';
import type { Decision, Mail, Referral, Template, To } from './referral.ts';
import { coordinatorsOf, told, toldOnSides } from './speakers.ts';
import { type Instant, localDay, withOffset } from './time.ts';
import type { World } from './world.ts';

export type Raising = {
  /** Id of the new dispute, should it be one. */
  readonly id: string;
  readonly kind: Dispute['kind'];
  readonly awaited: Dispute['awaited'];
  readonly handoverId: string | null;
  readonly raisedBy: string | null;
  readonly parties: readonly Party[];
  /** The rule by which it is raised, or `by-hand`. */
  readonly rule: string;
  readonly reason?: string;
  /** What shows it, in words. */
  readonly shows?: string | null | undefined;
};

/** What a party writes, as it is sealed. */
export const written = (text: string, shows: string | null | undefined) => ({ text, ...(shows ? { shows } : {}) });

const addressee = (to: To): string => JSON.stringify(to);

/** Mails to everybody of the dispute's present step; a dispute's, not an escalation's, also to the coordinators. */
export const disputeMails = (
  template: Template,
  dispute: Dispute,
  also: readonly To[],
  world: World,
  now: Instant,
): readonly Mail[] => {
  const day = localDay(now);
  const coordinators =
    dispute.kind === 'dispute' ? coordinatorsOf(dispute, world.organisation, day).map((person) => ({ person })) : [];
  const all: readonly To[] = [...told(dispute, world.organisation, day), ...coordinators, ...also];
  const unique = all.filter((to, index) => all.findIndex((other) => addressee(other) === addressee(to)) === index);
  return unique.map((to) => ({ template, to, exempt: dispute.acute }));
};

/** What one side says or is proposed, to those who may agree on each side; not to the one who says it. */
export const sideMails = (
  template: Template,
  dispute: Dispute,
  saidBy: string,
  world: World,
  now: Instant,
): readonly Mail[] =>
  toldOnSides(dispute, world.organisation, localDay(now))
    .filter((to) => !('person' in to) || to.person !== saidBy)
    .map((to) => ({ template, to, exempt: dispute.acute }));

const joined = (parties: readonly Party[], others: readonly Party[]): readonly Party[] => [
  ...parties,
  ...others.filter(({ unit }) => parties.every((party) => party.unit !== unit)),
];

/** The ladder's time is not given twice: silence that turns into a dispute keeps its step. */
const takenOver = (escalation: Dispute, what: Raising): Dispute => ({
  ...escalation,
  kind: 'dispute',
  awaited: null,
  handoverId: what.handoverId ?? escalation.handoverId,
  raisedBy: what.raisedBy,
  parties: joined(what.parties, escalation.parties),
});

/**
 * Begins a dispute or an escalation on the first step of its ladder. A referral and a hand-over have at most one open:
 * a dispute takes over an escalation that is open and keeps its step; anything else throws DUPLICATE.
 */
export const raise = (referral: Referral, open: OpenMatters, what: Raising, world: World, now: Instant): Decision => {
  const present = openDispute(open);
  const over = present?.kind === 'escalation' && what.kind === 'dispute' ? present : null;
  if (present && !over) {
    throw new DomainError('DUPLICATE', {
      da: 'Der er allerede en åben uenighed eller eskalering.',
      en: 'A dispute or an escalation is open already.',
    });
  }
  const { step, clock } = firstStep(referral.acute, now, world);
  const { id, kind, awaited, handoverId, raisedBy, parties } = what;
  const begun = { step, stepStartedAt: now, stepEndsAt: clock.dueAt, raisedAt: now, acute: referral.acute };
  const fresh = {
    id,
    referralId: referral.id,
    kind,
    awaited,
    handoverId,
    raisedBy,
    parties,
    proposal: null,
    meeting: null,
    ...begun,
  };
  const is: Dispute = over ? takenOver(over, what) : { ...fresh, state: 'open' };
  const raised: Decision = {
    patch: {},
    facts: [
      {
        kind: kind === 'dispute' ? 'dispute-raised' : 'escalated',
        data: {
          dispute: is.id,
          rule: what.rule,
          by: raisedBy,
          handover: is.handoverId,
          awaited,
          parties: is.parties,
          step: is.step,
          endsAt: withOffset(is.stepEndsAt),
        },
        ...(what.reason === undefined ? {} : { sealed: written(what.reason, what.shows) }),
      },
    ],
    disputes: [{ was: over ? 'open' : null, is }],
    start: over ? [] : [{ ...clock, subjectId: id }],
    mails: disputeMails('dispute-raised', is, [], world, now),
  };
  const then = { ...open, dispute: is };
  return placesOwner(then) ? combine(raised, placeWhileOpen(referral, then, world, now)) : raised;
};

/** Ends its ladder. Whose the work is afterwards is the caller's to say. */
export const endDispute = (
  dispute: Dispute,
  as: 'settled' | 'withdrawn',
  fact: Decision['facts'][number],
  world: World,
  now: Instant,
): Decision => {
  const units = dispute.parties.map(({ unit }) => ({ unit }));
  return {
    patch: {},
    facts: [fact],
    disputes: [{ was: 'open', is: { ...dispute, state: as } }],
    end: [{ kind: `ladder.${dispute.step}`, as: as === 'settled' ? 'met' : 'lapsed', subjectId: dispute.id }],
    mails: disputeMails('dispute-settled', dispute, units, world, now),
  };
};
