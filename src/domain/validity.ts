import type { Validity } from './organisation.ts';
import { compareDays, type LocalDay } from './time.ts';

/** Does something that begins on `from` begin before `until` ends it? No day at all: it always has begun, or never ends. */
const begins = (from: LocalDay | null, until: LocalDay | null): boolean =>
  from === null || until === null || compareDays(from, until) < 0;

export const endsAfter = (until: LocalDay | null, on: LocalDay): boolean => begins(on, until);

/**
 * What is left of a span of local days, half-open, when others are taken out of it. From 1 December on, without 15
 * December to 1 January: 1 to 15 December, and 1 January on.
 */
export const uncovered = (span: Validity, others: readonly Validity[]): readonly Validity[] =>
  others.reduce<readonly Validity[]>(
    (left, other) =>
      left.flatMap((one): readonly Validity[] => {
        if (!begins(one.from, other.until) || !begins(other.from, one.until)) return [one];
        const before = other.from !== null && begins(one.from, other.from);
        const after = other.until !== null && begins(other.until, one.until);
        return [
          ...(before ? [{ from: one.from, until: other.from }] : []),
          ...(after ? [{ from: other.until, until: one.until }] : []),
        ];
      }),
    [span],
  );
