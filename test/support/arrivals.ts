import fc from 'fast-check';
import type { NotificationInput } from '#domain/notification-form.ts';
import { type Instant, instant, isBefore } from '#domain/time.ts';
import { validForm } from './form-arbitrary.ts';
import { trainingOrganisation } from './organisation.ts';

export type Arrival = { readonly at: Instant; readonly sender: string; readonly form: NotificationInput };

const organisation = trainingOrganisation();
const WRITERS: ReadonlySet<string> = new Set(['notifier', 'school-social-worker', 'institution-leader']);
const senders = [...organisation.people.values()]
  .filter((person) => person.roles.some(({ role }) => WRITERS.has(role)))
  .map(({ id }) => id);
const institutions = [...organisation.units.values()]
  .filter(({ kind }) => kind === 'school' || kind === 'daycare')
  .map(({ id }) => id);
const needs = organisation.matrix.map(({ id }) => id);

const MINUTE_MS = 60_000;
const first = instant('2026-01-02T00:00:00+01:00').epochMilliseconds;
const last = instant('2027-12-31T00:00:00+01:00').epochMilliseconds;
const minute = fc.integer({ min: 0, max: (last - first) / MINUTE_MS });

const arrival = (most: number): fc.Arbitrary<Arrival> =>
  fc
    .record({ minute, sender: fc.constantFrom(...senders), form: validForm(institutions, needs) })
    .map(({ minute: after, sender, form }) => ({
      at: instant(new Date(first + after * MINUTE_MS).toISOString()),
      sender,
      form: { ...form, children: form.children.slice(0, most) },
    }));

/** Random valid notifications at random minutes of 2026 and 2027, in time order; the same seed gives the same. */
export const arrivals = (n: number, seed: number, mostChildren: number): Arrival[] =>
  fc.sample(arrival(mostChildren), { numRuns: n, seed }).toSorted((a, b) => (isBefore(a.at, b.at) ? -1 : 1));
