import { proposeHandover } from '#domain/handover.ts';
import { acceptHandover, declineHandover } from '#domain/handover-answer.ts';
import type { Decision, Referral } from '#domain/referral.ts';
import { instant } from '#domain/time.ts';
import { applied, type Matter, matterOf, openOf } from './matter.ts';
import { assessedReferral, world } from './referral.ts';

export const TUESDAY = '2026-11-03T10:00:00+01:00';
const at = instant;
export const propose = (matter: Matter, to: string, now = TUESDAY, id = 'h1'): Decision =>
  proposeHandover(matter.referral, openOf(matter), { id, to, reason: 'flyttet' }, world, at(now));
export const proposedTo = (
  to: string,
  referral: Referral = assessedReferral(),
  now = TUESDAY,
  owners?: string[],
): Matter => {
  const matter = matterOf(referral, owners);
  return applied(matter, propose(matter, to, now), at(now));
};
export const accept = (matter: Matter, now: string, personId = 'caseworker-bbu-valby'): Decision =>
  acceptHandover(matter.referral, openOf(matter), { personId }, world, at(now));
export const decline = (matter: Matter, instead: string, now: string, nextId = 'next'): Decision =>
  declineHandover(matter.referral, openOf(matter), { nextId, instead, basis: '§ 1', reason: 'x' }, world, at(now));
export const declined = (matter: Matter, instead: string, now: string, nextId = 'next'): Matter =>
  applied(matter, decline(matter, instead, now, nextId), at(now));
export const disputeOf = ({ disputes }: Matter) => disputes.find(({ state }) => state === 'open');
