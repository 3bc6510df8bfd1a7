/** `soon`: due within eight hours. The words carry the meaning; the tone only colours it. */
export type Due = {
  readonly tone: 'overdue' | 'soon' | 'later';
  readonly unit: 'Days' | 'Hours' | 'Minutes';
  readonly count: number;
};

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const SOON = 8 * HOUR;

/**
 * Time left or passed, in the largest unit that says it well: minutes under an hour, hours under two days.
 * Rounded towards the deadline, so that nothing is said to be left that is not.
 */
export const dueAt = (dueIso: string, nowIso: string): Due => {
  const left = Date.parse(dueIso) - Date.parse(nowIso);
  const size = Math.abs(left);
  const [unit, length] =
    size < HOUR
      ? (['Minutes', MINUTE] as const)
      : size < 2 * DAY
        ? (['Hours', HOUR] as const)
        : (['Days', DAY] as const);
  return { tone: left < 0 ? 'overdue' : left <= SOON ? 'soon' : 'later', unit, count: Math.floor(size / length) };
};
