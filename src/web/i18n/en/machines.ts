import type { machines as danish } from '../da/machines.ts';
import type { SameKeys } from '../shape.ts';

export const machines: SameKeys<typeof danish> = {
  scopes: {
    submit: 'Hand in notifications',
    figures: 'Read the unit’s figures',
  },
  list: 'Keys',
  none: 'No program has a key.',
  name: 'Program',
  unit: 'Unit',
  opens: 'May',
  until: 'Valid until',
  used: 'Last used',
  neverUsed: 'Never',
  acts: 'Act',
  followed: 'Replaced',
  over: 'Closed',
  end: 'Close',
  endOf: 'Close the key of {{name}}',
  rotate: 'New key',
  rotateOf: 'Make a new key for {{name}}',
  ended: 'The key is closed. It opens nothing any more.',
  made: 'The new key is shown now only',
  madeLead:
    'Copy it to the program. Once you leave the page nobody can see it again; if it is lost, you make a new one.',
  madeFollows: 'The old key works for another week.',
  secret: 'The key of {{name}}',
  lost: 'The key was made, but it did not arrive. Make a new key.',
  add: 'Give a program a key',
  nameHint: 'Which program it is, and who looks after it.',
  scope: 'What may it do?',
  scopeHint:
    'Whoever notifies gets the receipt and the feedback by their own work mail. Figures are counts and times, never a case.',
  days: 'For how many days is it valid?',
  daysHint: '365 at most.',
  submit: 'Make the key',
  told: 'The key works at once. That it was made, and by whom, stands in the journal of the setup.',
};
