import { refuseField } from './field-errors.ts';
import type { Matter, Organisation } from './organisation.ts';
import { isValid, mayOwn } from './organisation-tree.ts';
import { type Instant, localDay } from './time.ts';

type Named = {
  readonly path: string;
  readonly unit: string;
  readonly matter: Matter;
  /** The unit that cannot be named: whoever has it already, or is asked. */
  readonly not: string | null;
};

/** A unit that is named as owner exists on the day and may own the matter. Throws INVALID with the field at `path`. */
export const demandOwner = ({ path, unit, matter, not }: Named, organisation: Organisation, now: Instant): void => {
  const found = organisation.units.get(unit);
  if (!found) refuseField(path, 'unknown-choice');
  else if (unit === not) refuseField(path, 'own-unit');
  else if (!isValid(found.validity, localDay(now))) refuseField(path, 'unit-closed');
  else if (!mayOwn(found, matter)) refuseField(path, 'may-not-own');
};
