import type { unattended as da } from '../da/unattended.ts';
import type { SameKeys } from '../shape.ts';

export const unattended: SameKeys<typeof da> = {
  title: 'Cases without their person present',
  lead: "Open cases whose responsible person is away. They stand in the unit's worklist too, and reminders go to the substitute.",
  link: 'Cases whose person is away',
  none: 'Every case has a responsible person who is present.',
  case: 'Case',
  due: 'Next deadline',
  who: 'Responsible',
  why: { absent: 'Absent', left: 'Has left', moved: 'Works in another unit' },
  answers: 'Substitute: {{who}}',
  cases: 'Cases to pass on',
  nobody: 'Nobody answers instead',
  choose: 'Choose {{number}}',
  all: 'Choose all in {{unit}}',
  to: 'Give the chosen cases to',
  give: 'Pass the cases on',
  told: 'Whoever you choose is told of each case.',
  pick: 'Choose at least one case.',
  given_one: '{{count}} case has been passed on.',
  given_other: '{{count}} cases have been passed on.',
  badge: { substitute: 'with the substitute: {{who}}', nobody: 'person is away' },
};
