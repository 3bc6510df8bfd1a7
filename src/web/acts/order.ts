import type { Act } from '../api.ts';

/**
 * What comes next stands first; deciding once more comes after all that the last decision led to. What one page
 * answers together stands once.
 */
const GROUPS = {
  work: [
    'acknowledge',
    'assess',
    'complete-reassessment',
    'name-reassessor',
    'check-basis',
    'give-feedback',
    'approve-withholding',
    'finish-examination',
    'start-measure',
    'follow-up',
    'decide',
    'change-measure',
    'end-measure',
    'close',
    'reopen',
  ],
  who: [
    'assign',
    'stay-on',
    'propose-handover',
    'raise-dispute',
    'declare-conflict',
    'name-conflict',
    'lift-conflict',
    'restrict',
    'lift-restriction',
  ],
  child: ['correct-child', 'merge-children', 'link-sibling', 'undo-link'],
  parents: ['note-parents', 'begin-hearing', 'end-hearing', 'leave-parents-untold', 'release-parents', 'hold-parents'],
  clocks: ['explain-overdue', 'answer-explanation', 'resume-clock', 'pause-clock'],
  more: [
    'ask-for-more',
    'withdraw-request',
    'lift-withholding',
    'change-priority',
    'add-evidence',
    'identify-child',
    'add-to-notification',
    'suspect-notifier',
    'clear-notifier',
    'mark-in-error',
  ],
} as const satisfies Readonly<Record<string, readonly Act[]>>;

type Group = keyof typeof GROUPS;
export type ShownAct = (typeof GROUPS)[Group][number];

/** The acts on offer by group, empty groups left out. */
export const groupsOf = (acts: readonly Act[]): readonly { group: Group; acts: readonly ShownAct[] }[] =>
  (Object.keys(GROUPS) as Group[])
    .map((group) => ({ group, acts: GROUPS[group].filter((act): act is ShownAct => acts.includes(act)) }))
    .filter((found) => found.acts.length > 0);
