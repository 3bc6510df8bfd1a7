import type { Figure } from '#domain/figures.ts';
import type { Instant } from '#domain/time.ts';
import type { Deps } from '#platform/deps.ts';
import { fromDate } from '#store/db.ts';

/** One thing that a figure counts, as the journal tells it. */
export type Counted = {
  readonly referralId: string;
  readonly childId: string;
  readonly unit: string;
  readonly other: string | null;
  readonly back: boolean;
  readonly hours: number;
};
type Told = { readonly kind: string; readonly at: number; readonly data: Record<string, unknown> };
type Span = { readonly unit: string; readonly provisional: boolean; readonly from: number; readonly to: number };

const HOUR = 3_600_000;
const text = (value: unknown): string => String(value);

/** Who owned it from when to when, read from what was told of it alone. */
const spansOf = (events: readonly Told[], until: number): Span[] => {
  const closed = events.find(({ kind }) => kind === 'marked-in-error' || kind === 'closed')?.at ?? until;
  const owned = events.filter(({ kind }) => kind === 'owned');
  return owned.map(({ at, data }, index) => ({
    unit: text(data.unit),
    provisional: data.provisionalRule !== null && data.provisionalRule !== undefined,
    from: at,
    to: Math.min(owned[index + 1]?.at ?? until, closed, until),
  }));
};

/** Everything that a figure counts since `from`, event by event, in no way that the product does it. */
export const recount = async (db: Deps['db'], figure: Figure, from: Instant, until: Instant): Promise<Counted[]> => {
  const rows = await db.caseEvent.findMany({ orderBy: [{ referralId: 'asc' }, { seq: 'asc' }] });
  const referrals = new Map((await db.referral.findMany()).map((one) => [one.id, one.childId]));
  const [since, end] = [from.epochMilliseconds, until.epochMilliseconds];
  const found: Counted[] = [];
  for (const [referralId, all] of Map.groupBy(rows, (row) => row.referralId)) {
    const events = all
      .map(({ kind, registeredAt, data }) => ({
        kind,
        at: fromDate(registeredAt).epochMilliseconds,
        data: data as Record<string, unknown>,
      }))
      .filter(({ at }) => at < end);
    const about = { referralId, childId: referrals.get(referralId) ?? '', other: null, back: false, hours: 0 };
    const spans = spansOf(events, end);
    if (figure === 'moved') {
      const owned = events.filter(({ kind }) => kind === 'owned');
      owned.forEach(({ at, data }, index) => {
        if (index === 0 || data.countsAsMove !== true || at < since) return;
        const unit = text(owned[index - 1]?.data.unit);
        const later = owned.slice(index + 1);
        const back = later.some((next) => next.data.countsAsMove === true && next.data.unit === unit);
        found.push({ ...about, unit, other: text(data.unit), back });
      });
    }
    if (figure === 'asked') {
      for (const { at, kind, data } of events) {
        if (kind !== 'handover-proposed' || at < since) continue;
        const declined = events.some((e) => e.kind === 'handover-declined' && e.data.handover === data.handover);
        found.push({ ...about, unit: text(data.from), other: text(data.to), back: declined });
      }
    }
    const clipped = (unit: string, start: number, stop: number): void => {
      const hours = (Math.min(stop, end) - Math.max(start, since)) / HOUR;
      if (hours > 0) found.push({ ...about, unit, hours });
    };
    if (figure === 'provisional') {
      for (const { unit, provisional, from: start, to } of spans) if (provisional) clipped(unit, start, to);
    }
    if (figure === 'unacknowledged') {
      for (const { unit, from: start, to } of spans) {
        const taken = events.find(({ kind, at }) => kind === 'acknowledged' && at >= start && at <= to)?.at;
        clipped(unit, start, taken ?? to);
      }
    }
  }
  return found;
};
