import type { Reason } from './errors.ts';

const NEW: Readonly<Record<string, Reason>> = {
  id: { da: 'Kort id', en: 'Short id' },
  name: { da: 'Navn', en: 'Name' },
  phone: { da: 'Telefon', en: 'Phone' },
  email: { da: 'E-mail', en: 'Email' },
  nameIsNeutral: { da: 'Om navnet er neutralt', en: 'Whether the name is neutral' },
  postalCodes: { da: 'Postnumre', en: 'Postal codes' },
  'postalCodes.from': { da: 'Postnumre', en: 'Postal codes' },
  'postalCodes.to': { da: 'Postnumre', en: 'Postal codes' },
  ages: { da: 'Alder', en: 'Ages' },
  people: { da: 'Medarbejdere', en: 'People' },
};

const under = (path: string): Record<string, Reason> =>
  Object.fromEntries(Object.entries(NEW).map(([name, label]) => [`${path}.${name}`, label]));

/** What the fields of a change of units are called on screen, by their path. */
export const UNIT_LABELS: Readonly<Record<string, Reason>> = {
  'change.unit': { da: 'Enheden', en: 'The unit' },
  'change.like': { da: 'Enhed, den ligner', en: 'Unit that it is like' },
  'change.into': { da: 'Enhed, der overtager', en: 'Unit that takes over' },
  'change.by': { da: 'Regel', en: 'Rule' },
  'change.parts': { da: 'Dele', en: 'Parts' },
  'change.main': { da: 'Hoveddel', en: 'Main part' },
  ...under('change.unit'),
  ...under('change.parts'),
};
