import { startClock } from './deadlines.ts';
import { refuseField } from './field-errors.ts';
import { demandLegal, illegal } from './lifecycle.ts';
import type { HoldReason, ParentWay, UntoldReason } from './parents-record.ts';
import type { Decision, Referral } from './referral.ts';
import { type Instant, isAfter, iso } from './time.ts';
import type { World } from './world.ts';

/** What stands between the case and the parents until somebody releases it; empty: nothing does. */
export type Hold = readonly HoldReason[];

export const isHearing = ({ clocks }: Pick<Referral, 'clocks'>): boolean =>
  clocks.some(({ kind }) => kind === 'partshoring');

/** Nothing parent-facing leaves before a named person releases it (rules, Disclosure; honour: barnets lov § 18(3)). */
const demandReleased = (hold: Hold): void => {
  if (hold.length === 0) return;
  throw illegal(
    'Forældrene må ikke få noget at vide, før en leder eller faglig koordinator har frigivet det.',
    'The parents must not be told before a leader or professional coordinator has released it.',
  );
};

const demandText = (field: string, text: string): void => {
  if (!text.trim()) refuseField(field, 'required');
};

/** `whom`: who was told or heard, sealed like what was said. */
export type Noted = {
  readonly what: 'told' | 'heard';
  readonly how: ParentWay;
  readonly occurredAt: Instant;
  readonly whom: string;
  readonly text: string;
};

/**
 * The parents were told, or heard: who by, when and how is the act itself, and a hearing that runs is met by it. The system
 * sends them nothing. Throws ILLEGAL_TRANSITION while it is held back.
 */
export const noteParents = (referral: Referral, noted: Noted, hold: Hold, now: Instant): Decision => {
  demandLegal('note-parents', referral.status);
  demandReleased(hold);
  const { what, how, occurredAt, whom, text } = noted;
  if (isAfter(occurredAt, now)) refuseField('occurredAt', 'future');
  demandText('whom', whom);
  const heard = what === 'heard';
  return {
    patch: {},
    facts: [
      {
        kind: heard ? 'parents-heard' : 'parents-told',
        occurredAt: iso(occurredAt),
        data: { how },
        sealed: { text, whom },
      },
    ],
    end: heard && isHearing(referral) ? [{ kind: 'partshoring', as: 'met' }] : [],
  };
};

/** They are not told, with a code and the reason in words; it can be noted later that they were after all. */
export const leaveParentsUntold = (
  referral: Referral,
  { why, reason }: { readonly why: UntoldReason; readonly reason: string },
): Decision => {
  demandLegal('leave-parents-untold', referral.status);
  demandText('reason', reason);
  return { patch: {}, facts: [{ kind: 'parents-left-untold', data: { why }, sealed: { text: reason } }] };
};

/**
 * The parties are to be heard, with a clock of its own (rules, Policy clocks: 14 days; begun on 3 November 2026, due by
 * the 17th). One at a time. `about` is sealed.
 */
export const beginHearing = (referral: Referral, about: string, hold: Hold, world: World, now: Instant): Decision => {
  demandLegal('begin-hearing', referral.status);
  demandReleased(hold);
  if (isHearing(referral)) throw illegal('Partshøringen er allerede i gang.', 'The hearing has begun already.');
  demandText('reason', about);
  const { receivedAt, acute } = referral;
  const clock = startClock('partshoring', { start: now, receivedAt, acute }, world.rulebook, world.calendar);
  return { patch: {}, facts: [{ kind: 'hearing-begun', data: {}, sealed: { text: about } }], start: [clock] };
};

const dropHearing = (referral: Referral): Pick<Decision, 'end'> =>
  isHearing(referral) ? { end: [{ kind: 'partshoring', as: 'lapsed' }] } : {};

/** Nobody is to be heard any more, or nobody has answered in time: why stands sealed. */
export const endHearing = (referral: Referral, reason: string): Decision => {
  demandLegal('end-hearing', referral.status);
  if (!isHearing(referral)) throw illegal('Der er ingen partshøring i gang.', 'There is no hearing.');
  demandText('reason', reason);
  return {
    patch: {},
    facts: [{ kind: 'hearing-ended', data: {}, sealed: { text: reason } }],
    ...dropHearing(referral),
  };
};

/** From now on the parents are told nothing. A hearing that runs falls away, for it would tell them. */
export const holdParents = (referral: Referral, reason: string, hold: Hold): Decision => {
  demandLegal('hold-parents', referral.status);
  if (hold.length > 0) throw illegal('Det er allerede gjort.', 'It has been done already.');
  demandText('reason', reason);
  return { patch: {}, facts: [{ kind: 'parents-held', data: {}, sealed: { text: reason } }], ...dropHearing(referral) };
};

/**
 * A named person lets something reach the parents: whom of them, and why it is safe. A suspicion that comes later holds it
 * again.
 */
export const releaseParents = (
  referral: Referral,
  { whom, reason }: { readonly whom: string; readonly reason: string },
  hold: Hold,
): Decision => {
  demandLegal('release-parents', referral.status);
  if (hold.length === 0) throw illegal('Der er intet at frigive.', 'There is nothing to release.');
  demandText('whom', whom);
  demandText('reason', reason);
  return { patch: {}, facts: [{ kind: 'parents-released', data: { hold }, sealed: { text: reason, whom } }] };
};
