/** Who acts now: the second model of rules.md, *Routing*, a and b. Instants are milliseconds. */
import { HOUR } from './days.ts';
import { type Hours, isOpen, openTime } from './opening.ts';

type Arrival = { readonly received: number; readonly at: number; readonly acute: boolean };

export const actsNow = (
  { received, at, acute }: Arrival,
  unit: Hours,
): 'owner' | 'provisional owner' | 'assessment task' => {
  if (acute) return isOpen(unit, at) ? 'owner' : 'provisional owner';
  const end = received + 24 * HOUR;
  if (at >= end) return isOpen(unit, at) ? 'owner' : 'assessment task';
  return openTime(unit, at, end) < 2 * HOUR ? 'assessment task' : 'owner';
};
