import type { LegalBasis } from './codes.ts';
import { takeBack } from './feedback-acts.ts';
import { owedAgain, owing, type Standing } from './feedback-duty.ts';
import { feedbackOwed } from './feedback-policy.ts';
import { refuseField } from './field-errors.ts';
import { demandLegal, illegal } from './lifecycle.ts';
import type { Decision, Referral } from './referral.ts';
import { feedbackPolicyAt } from './rulebook.ts';
import type { Instant } from './time.ts';
import type { World } from './world.ts';

/** What a notifier without a login can be: anonymous ones are asked nothing. */
export const CHECKED_BASES = ['professional', 'municipality', 'citizen'] as const satisfies readonly LegalBasis[];
export type CheckedBasis = (typeof CHECKED_BASES)[number];

/**
 * Somebody looked at what the notifier says of themselves and confirms or corrects it, with a reason that is sealed: anybody
 * may call themselves a professional at the door, and a professional is told more than a citizen. `login`: they are staff
 * here, of whom it is known.
 */
export const checkBasis = (
  { matter, status }: Pick<Referral, 'matter' | 'status'>,
  { was, is, login, reason }: { was: LegalBasis | null; is: CheckedBasis; login: boolean; reason: string },
): Decision => {
  demandLegal('check-basis', status);
  if (matter !== 'notification' || was === null || was === 'anonymous' || login) {
    throw illegal('Der er ingen hjemmel at rette.', 'There is no legal basis to correct.');
  }
  if (!reason.trim()) refuseField('reason', 'required');
  const kind = was === is ? 'basis-confirmed' : 'basis-corrected';
  return { patch: {}, facts: [{ kind, data: { from: was, to: is }, sealed: { text: reason } }] };
};

/**
 * What a corrected basis leads to for one child: nobody is owed feedback who is a citizen, and what was under way is taken
 * back; to a professional each decision and measure is owed, with its whole period from now. Null: all stands as it should.
 */
export const afterBasis = (referral: Referral, standing: Standing, world: World, now: Instant): Decision | null => {
  const { basis, feedbacks } = standing;
  if (!feedbackOwed(basis, feedbackPolicyAt(world.rulebook, now))) {
    const running = owing(referral);
    const back = feedbacks.filter(({ state }) => state === 'given' || state === 'awaiting-approval').map(takeBack);
    if (running.length + back.length === 0) return null;
    return {
      patch: {},
      facts: [...back.flatMap(({ facts }) => facts), { kind: 'feedback-not-owed', data: { subjects: running } }],
      feedbacks: back.flatMap((one) => one.feedbacks ?? []),
      end: running.length > 0 ? [{ kind: 'feedback', as: 'lapsed' }] : [],
    };
  }
  return owedAgain(referral, standing, world, now);
};
