import type { board as danish } from '../da/board.ts';
import type { SameKeys } from '../shape.ts';

export const board: SameKeys<typeof danish> = {
  columns: { why: 'What matters most first' },
  concerns: {
    acute: 'Acute',
    'run-out': 'Time is up, and nobody has decided',
    'sent-around': 'Sent around {{turns}} times',
    'ends-soon': 'The step ends soon',
    'long-open': 'Open for more than 10 workdays',
    none: 'On the ladder',
  },
  decide: 'Decide it now',
  showing_one: 'Showing {{count}} case',
  showing_other: 'Showing {{count}} cases',
  filter: {
    label: 'Choose what the list shows',
    unit: 'Unit',
    all: 'All units',
    chosen: 'Chosen',
    remove: 'Show all again',
  },
};
