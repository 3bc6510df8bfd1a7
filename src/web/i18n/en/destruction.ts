import type { destruction as danish } from '../da/destruction.ts';
import type { SameKeys } from '../shape.ts';

export const destruction: SameKeys<typeof danish> = {
  waiting: 'Waits for another administrator',
  noneWaiting: 'Nothing is proposed.',
  decided: 'Decided',
  noneDecided: 'Nothing has been destroyed here.',
  all: 'All destructions',
  heading: 'Propose a destruction',
  first: 'Export first',
  firstLead:
    'Whoever runs the system writes the records out for the archives with the command below. It ends with a digest that belongs to just these records.',
  closedBefore: 'Closed before',
  closedBeforeHint:
    "At least five years ago. A record is among them when all of the child's cases were closed before that day and nothing is owed.",
  authority: 'Who has approved the destruction?',
  authorities: {
    'national-archives': 'The National Archives',
    'city-archives': "The municipality's archives",
    council: 'The municipal council',
  },
  reference: "The approval's reference",
  referenceHint: 'No names and no CPR numbers.',
  approvedOn: 'Approved on',
  covers: "The export's digest",
  coversHint: 'The 64 characters that the export printed last.',
  toldPropose:
    'Nothing is destroyed yet. Another administrator sees which cases it is about and confirms or rejects it.',
  toldConfirm:
    'When you confirm, the keys to the records are destroyed at once and their files deleted. Nobody can read them any more, nor in a backup without the keys. It cannot be undone.',
  run: 'What is destroyed',
  cases_one: '{{count}} case',
  cases_other: '{{count}} cases',
  children_one: "{{count}} child's record",
  children_other: "{{count}} children's records",
  notifications_one: '{{count}} notification',
  notifications_other: '{{count}} notifications',
  files_one: '{{count}} file',
  files_other: '{{count}} files',
  numbers: 'Case numbers',
};
