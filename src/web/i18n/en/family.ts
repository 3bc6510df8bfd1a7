import type { family as danish } from '../da/family.ts';
import type { SameKeys } from '../shape.ts';

export const family: SameKeys<typeof danish> = {
  earlier: {
    heading: "The child's other cases",
    none: 'There are no other cases on the child here.',
    received: 'Received {{when}}',
    closed: 'Closed',
    elsewhere: 'With another unit. Call if you need to talk.',
  },
  siblings: {
    heading: 'Siblings with an open case',
  },
  links: {
    heading: 'Merged or added',
    same: 'Two records of the child were merged',
    sibling: 'A sibling was added',
    by: '{{who}}, {{when}}',
  },
  reassessment: {
    due: 'The child already has a measure. So the case must be re-assessed by somebody who never handled it (§ 137).',
    hindrance: 'It cannot be you: {{why}}.',
    named: '{{title}} is named.',
    you: 'You can make it.',
    conclusion: 'What do you find?',
    evidence: 'What does it rest on?',
    reason: 'Reasons',
    submit: 'Store the re-assessment',
    done: 'The case has been re-assessed.',
    whom: 'Who shall make it?',
    whomHint: "Only those who never handled the child's case.",
    elsewhere:
      "Everybody in the unit has handled the child's case. So these are leaders of other units, the nearest first.",
    nobody: "There is nobody who never handled the child's case. Talk to the area manager.",
    ask: 'Ask for a re-assessment',
    asked: 'Whom you chose has got a mail.',
  },
  find: {
    other: "The other child's CPR number, or the number of a case about it",
    otherHint: 'Looking it up is recorded.',
    show: 'Show what happens',
    back: 'Find another child',
  },
  merge: {
    same: 'They are the same child already. There is nothing to merge.',
    dry: 'These cases will share a history',
    dryText:
      'Nothing in the notifications or the timelines is changed. Other units can see that you have a case, but not what is in it.',
    two: 'Both have an ordinary CPR number. One child hardly ever has. Are you sure?',
    reason: 'Why are they the same child?',
    submit: 'Merge the records',
    done: 'The records are merged. The units are told.',
  },
  sibling: {
    dry: "These cases are the other child's or this one's",
    same: 'It is the same child and not a sibling.',
    reason: 'How do you know?',
    submit: 'Add as a sibling',
    done: 'The sibling is added. The units are told.',
  },
  undo: {
    which: 'What is to be undone?',
    reason: 'Why was it wrong?',
    submit: 'Undo',
    done: 'It has been undone. The units are told.',
  },
  correct: {
    name: "The right child's name",
    cpr: "The right child's CPR number",
    cprHint: 'Leave it empty if you do not know it.',
    again: 'Route the case again by the right child',
    againHint:
      'If the child belongs to another unit, the case moves there. Otherwise nothing of the ownership changes.',
    reason: 'What was wrong?',
    submit: 'Correct the child',
  },
};
