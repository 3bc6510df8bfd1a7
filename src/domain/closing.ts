import { assessBy, isAssessed, moveTo } from './acknowledge.ts';
import { actsNow } from './acting.ts';
import { timersFor } from './intake.ts';
import { currentUnit, unitOf } from './organisation-tree.ts';
import type { OpenMatters } from './ownership.ts';
import { placesOwner, placeWhileOpen, provisionalOwner } from './provisional.ts';
import type { Decision, Referral } from './referral.ts';
import { type Instant, localDay } from './time.ts';
import { keptTrace } from './trace-words.ts';
import type { World } from './world.ts';

const unitNow = (referral: Referral, world: World, now: Instant): string =>
  currentUnit(world.organisation, referral.responsibleUnit, localDay(now))?.id ?? referral.responsibleUnit;

/**
 * The responsible unit opens: what the duty unit held provisionally comes to it by itself, and its acknowledgement
 * clock starts. Acute on Friday 22:00 at a case unit → Monday 08:00. While an acute matter is in dispute it goes to the
 * unit first routed to, where that is another.
 */
export const returnAtOpening = (
  referral: Referral,
  world: World,
  now: Instant,
  open: OpenMatters | null = null,
): Decision => {
  const elsewhere =
    open !== null &&
    referral.acute &&
    placesOwner(open) &&
    provisionalOwner(referral, open, world, now) !== unitNow(referral, world, now);
  if (elsewhere) return placeWhileOpen(referral, open, world, now);
  if (referral.provisionalRule === null) return { patch: {}, facts: [], end: [{ kind: 'opening', as: 'met' }] };
  const responsible = unitNow(referral, world, now);
  const fact = { kind: 'ownership-returned', data: { unit: responsible, from: referral.ownerUnit } };
  const decision = moveTo(referral, responsible, 'opening', fact, world, now);
  return {
    ...decision,
    mails: (decision.mails ?? []).map((mail) =>
      mail.template === 'referral-received' ? { ...mail, template: 'ownership-arrived' } : mail,
    ),
  };
};

const stillToAct = (referral: Referral): boolean =>
  !isAssessed(referral) || (referral.acute && referral.status === 'received');

/**
 * At each closing of the responsible unit it is decided again who acts now: acute goes to the duty unit until opening,
 * what cannot be assessed in the opening hours that are left becomes its assessment task. A named person who stays on
 * it stays this once.
 */
export const reviewAtClosing = (
  referral: Referral,
  world: World,
  now: Instant,
  open: OpenMatters | null = null,
): Decision => {
  const done = { kind: 'closing', as: 'met' } as const;
  const { organisation } = world;
  const inDispute = open && referral.acute && placesOwner(open) ? open : null;
  // Who holds it in a dispute is there by day; who holds it for a closed unit needs no look at closing.
  const overnight = referral.provisionalRule !== null && referral.provisionalRule !== 'dispute';
  if (!inDispute && (overnight || !stillToAct(referral))) return { patch: {}, facts: [], end: [done] };
  // What was placed for a matter that has ended is the responsible unit's, whoever holds it still.
  const held = inDispute !== null && referral.provisionalRule === 'dispute';
  const responsible = held ? referral.ownerUnit : unitNow(referral, world, now);
  const timers = timersFor(world, responsible, false, now);
  if (referral.stayingPerson) {
    return {
      patch: { stayingPerson: null },
      facts: [{ kind: 'stayed-on', data: { personId: referral.stayingPerson, unit: responsible } }],
      end: [done],
      timers,
    };
  }
  if (inDispute) return placeWhileOpen(referral, inDispute, world, now);
  const acting = actsNow(
    {
      responsible,
      acute: referral.acute,
      assessBy: assessBy(referral),
      assessed: isAssessed(referral),
      at: now,
    },
    world,
  );
  const fact = {
    kind: 'reviewed-at-closing',
    data: { unit: responsible, acting: acting.unit, as: acting.as, trace: keptTrace(acting.trace) },
  };
  if (acting.as === 'provisional owner') return moveTo(referral, responsible, 'closing', fact, world, now);
  const taken = acting.as === 'assessment task' && referral.assessmentUnit === null ? acting.unit : null;
  return {
    patch: taken ? { assessmentUnit: taken } : {},
    facts: [fact],
    end: [done],
    timers,
    mails: taken ? [{ template: 'assessment-task', to: { unit: unitOf(organisation, taken).id }, exempt: true }] : [],
  };
};
