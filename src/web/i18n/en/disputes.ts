import type { disputes as danish } from '../da/disputes.ts';
import type { SameKeys } from '../shape.ts';

export const disputes: SameKeys<typeof danish> = {
  shows: 'What shows it?',
  showsHint: 'For example a registration, an agreement or an earlier decision. May be left empty.',
  climb: { reason: 'Why can it not wait?', done: 'The dispute is at the next step. All parties have been told.' },
  meeting: {
    heading: 'The meeting',
    names: { BEKU: 'BEKU meeting', directors: 'Meeting of the directors', other: 'Meeting: {{name}}' },
    on: 'On which day is the meeting?',
    onHint: 'At the latest {{when}}, when the step would end. The step then ends with the day of the meeting.',
    onHintOpen: 'The time of the step is over. Reminders go out until it is settled.',
    agenda: 'Agenda',
    agendaHint: 'Nothing about the child that is not needed to place the responsibility.',
    minutes: 'Minutes',
    called: 'The meeting has been called. Everybody who is to come has been told.',
    cancelled: 'The meeting is called off. Everybody who was called has been told.',
    written: 'The minutes are saved. All sides have been told.',
    bounds: 'If it is not settled at the meeting, it goes on {{when}}.',
    reminds: 'If it is not settled at the meeting, reminders go out until it is.',
    noMinutes: 'No minutes have been written yet.',
    over: 'The meeting belonged to step {{step}}, which has ended.',
  },
  dissent: {
    heading: 'Dissent from the decision',
    act: 'Record that you disagree with the decision',
    told: 'The decision stands, and the case does not move. Whoever decided, the others who could, and the coordinators are told. The parties can read it here.',
    reason: 'How would you have decided, and why?',
    submit: 'Save my dissent',
    done: 'Your dissent is saved. The others who could have decided have been told.',
  },
  clocks: 'The deadlines of the case run on with {{unit}} while it is settled whose it is.',
};
