import type { Calendar } from './calendar.ts';
import type { Organisation } from './organisation.ts';
import type { Rulebook } from './rulebook.ts';

/** The dated data that every decision rests on: who there is, which days count, what the law and the municipality say. */
export type World = {
  readonly organisation: Organisation;
  readonly rulebook: Rulebook;
  readonly calendar: Calendar;
};
