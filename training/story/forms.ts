import type { Instant } from '#domain/time.ts';
import { type Example, notificationAt, readExamples } from '../examples.ts';
import { FATHER } from './father.ts';

const exampleCalled = (name: string): Example => {
  const example = readExamples().find((one) => one.name === name);
  if (!example) throw new Error(`there is no example ${name}`);
  return example;
};

/** What one of the training notifications sends at `now`. */
export const exampleForm = (name: string, now: Instant): unknown => notificationAt(exampleCalled(name), now);

/** Codes, days and the notifier's work address, where the mail goes; the rest of a form is personal. */
const IMPERSONAL: ReadonlySet<string> = new Set([
  'basis',
  'city',
  'custody',
  'identity',
  'institution',
  'on',
  'postalCode',
  'reasons',
  'relation',
  'role',
  'workEmail',
]);

const texts = (value: unknown, field: string): string[] => {
  if (IMPERSONAL.has(field)) return [];
  if (typeof value === 'string') return field === 'name' ? [value, ...value.split(' ')] : [value];
  if (Array.isArray(value)) return value.flatMap((one) => texts(one, field));
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([name, one]) => texts(one, name));
};

/** Every personal text that the story writes about a family or a notifier. */
export const personalTexts = (): readonly string[] => {
  const forms = ['01-plain', '03-acute-at-night'].map((name) => exampleCalled(name).notification);
  return [...new Set([FATHER, ...forms].flatMap((form) => texts(form, '')))];
};
