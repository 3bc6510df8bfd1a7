import { illegal } from './lifecycle.ts';
import type { Decision, Referral } from './referral.ts';

/**
 * The notifier is named as the suspect, or is so no longer (rules, Disclosure: the suspect must learn nothing, whoever it is).
 * A person says so with a reason that is sealed; nobody is told, and nothing that the notifier sees changes by it. From here
 * on they are told tier 0 and no more: what the law would have them told is withheld, in words that do not show it.
 */
export const suspectNotifier = (
  { matter }: Pick<Referral, 'matter'>,
  { is, was, reason }: { readonly is: boolean; readonly was: boolean; readonly reason: string },
): Decision => {
  if (matter !== 'notification') throw illegal('Der er ingen underretter.', 'There is no notifier.');
  if (is === was) throw illegal('Det er allerede gjort.', 'It has been done already.');
  const kind = is ? 'notifier-suspected' : 'notifier-cleared';
  return { patch: {}, facts: [{ kind, data: {}, sealed: { text: reason } }] };
};
