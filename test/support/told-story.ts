import { combine } from '#domain/combine.ts';
import { raiseDispute, withdrawDispute } from '#domain/dispute.ts';
import { acknowledgedAfterSilence } from '#domain/escalation.ts';
import { proposeHandover, withdrawHandover } from '#domain/handover.ts';
import { acceptHandover, declineHandover } from '#domain/handover-answer.ts';
import { takenStatus } from '#domain/lifecycle.ts';
import type { Decision } from '#domain/referral.ts';
import { decideDispute } from '#domain/settlement.ts';
import { type Instant, instant } from '#domain/time.ts';
import { lived, newId } from './lived.ts';
import { applied, type Matter, openOf } from './matter.ts';
import { world } from './referral.ts';

/** `Tue 10:00` of the week of 2 November 2026, `+1 Tue` of the week after; what is done; the unit that is named. */
export type Step = readonly [at: string, act: Act, unit?: string];
export type Act =
  | 'propose'
  | 'accept'
  | 'decline'
  | 'withdraw'
  | 'acknowledge'
  | 'raise'
  | 'take back'
  | 'decide'
  | 'look';

const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

export const when = (text: string): Instant => {
  const [, week = '', day = '', time = ''] = /^(\+1 )?(\w{3}) ([\d:]+)$/.exec(text) ?? [];
  const date = String(2 + DAYS.indexOf(day) + (week ? 7 : 0)).padStart(2, '0');
  return instant(`2026-11-${date}T${time.length === 5 ? `${time}:00` : time}+01:00`);
};

const why = { basis: '§ 1', reason: 'x' };

const doing = (matter: Matter, act: Act, unit: string, now: Instant): Decision => {
  const { referral } = matter;
  const open = openOf(matter);
  switch (act) {
    case 'propose':
      return proposeHandover(referral, open, { id: newId(), to: unit, reason: 'x' }, world, now);
    case 'accept':
      return acceptHandover(referral, open, { personId: 'p' }, world, now);
    case 'decline':
      return declineHandover(referral, open, { nextId: newId(), instead: unit, ...why }, world, now);
    case 'withdraw':
      return withdrawHandover(referral, open, { reason: 'x' }, world, now);
    case 'acknowledge': {
      const patch = { status: takenStatus(referral), handlerId: 'p', acknowledgedAt: now };
      const taken: Decision = { patch, facts: [], end: [{ kind: 'acknowledge', as: 'met' }] };
      return combine(taken, acknowledgedAfterSilence({ ...referral, ...patch }, open, world, now));
    }
    case 'raise':
      return raiseDispute(referral, open, { id: newId(), unit: referral.ownerUnit, whose: unit, ...why }, world, now);
    case 'take back':
      return withdrawDispute(referral, open, { reason: 'x' }, world, now);
    case 'decide': {
      const personId = 'buf-sof-coordinator-sof-stab';
      return decideDispute(referral, open, { owner: unit, personId, ...why }, world, now);
    }
    case 'look':
      return { patch: {}, facts: [] };
  }
};

/** The matter after the story, with all that fell due meanwhile. */
export const afterStory = (from: Matter, story: readonly Step[]): Matter =>
  story.reduce((matter, [at, act, unit = '']) => {
    const now = when(at);
    const then = lived(matter, now);
    return lived(applied(then, doing(then, act, unit, now), now), now);
  }, from);

/** What is open now: `dispute`, `escalation of acknowledge`, or nothing. */
export const openNow = ({ disputes }: Matter): string => {
  const found = disputes.find(({ state }) => state === 'open');
  return found ? [found.kind, ...(found.awaited ? [`of ${found.awaited}`] : [])].join(' ') : 'nothing';
};
