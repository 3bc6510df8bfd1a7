import type { parents as da } from '../da/parents.ts';
import type { SameKeys } from '../shape.ts';

export const parents: SameKeys<typeof da> = {
  heading: 'The parents',
  held: 'The parents must not be told anything yet',
  heldTold:
    'Do not call, write to or speak with them about the case before a leader or professional coordinator has released it.',
  releasedFor: 'Released for these only: {{whom}}',
  releasedOnly: 'Nobody else may be told anything.',
  nothing: 'It is not noted yet whether the parents were told.',
  by: '{{who}}, {{when}}',
  whom: 'Whom: {{whom}}',
  hearing: 'The hearing of the parties must end {{when}}.',
  what: 'What has happened?',
  told: 'The parents were told',
  heard: 'The parents were heard',
  heardHint: 'A hearing of the parties that runs is met by it.',
  how: 'How?',
  whomLabel: 'Who was told or heard?',
  whomHint: 'For example both parents, or the name of one of them.',
  text: 'What was said?',
  why: 'Why not?',
  save: 'Save',
  reason: 'Reason',
  about: 'What are they to be heard about?',
  ended: 'Why was there no answer, or why are they not to be heard?',
  holdReason: 'What is the suspicion?',
  releaseWhom: 'Who may be told?',
  releaseWhomHint: 'Whoever is suspected must learn nothing.',
  releaseReason: 'Why is it safe for the child?',
};
