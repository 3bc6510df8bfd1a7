import { SMALL } from './figures.ts';

/** What became of the receipts; `between`: by the later reading of the law only. They add up to those that were owed. */
export const RECEIPT_PARTS = ['inTime', 'between', 'late', 'waiting'] as const;
/** What became of the duties to tell, one for each decision and each started measure; `silent`: its end has passed. */
export const DUTY_PARTS = ['told', 'toldLate', 'withheld', 'silent', 'open'] as const;
export type SendingPart = (typeof RECEIPT_PARTS)[number] | (typeof DUTY_PARTS)[number];

/** `sender`: a unit, or `code-4` where nobody of a unit sent it: Statistics Denmark's number of the notifier. */
export type SendingRow = { readonly sender: string; readonly sent: number } & Readonly<Record<SendingPart, number>>;

type Parts = Readonly<Record<SendingPart, number | null>>;
/** null: hidden. */
export type ShownSending = { readonly sender: string; readonly own: boolean; readonly sent: number | null } & Parts;

const small = (count: number): boolean => count > 0 && count < SMALL;

/** Would the few that only the longer period has follow by subtraction? */
const fewApart = (count: number, longer: readonly (number | null)[]): boolean =>
  longer.some((told) => told !== null && small(told - count));

/**
 * Parts of a whole that may be reckoned: where few stand, or few would follow by subtraction, the smallest of the others is
 * hidden with them, until those that are hidden are at least two and together not few. Of 12 = 9 + 2 + 1 + 0 the 2 and the 1
 * are hidden, and the 9 with them, because 3 would follow; 0 is nobody and is told.
 */
const partsOf = <P extends SendingPart>(
  names: readonly P[],
  counts: Readonly<Record<P, number>>,
  longer: readonly ShownSending[],
): Record<P, number | null> => {
  const follows = (name: P) =>
    fewApart(
      counts[name],
      longer.map((one) => one[name]),
    );
  const hidden = new Set(names.filter((name) => small(counts[name]) || follows(name)));
  const sum = () => [...hidden].reduce((all, name) => all + counts[name], 0);
  const others = names
    .filter((name) => !hidden.has(name) && counts[name] > 0)
    .toSorted((a, b) => counts[a] - counts[b]);
  while (hidden.size > 0 && (hidden.size < 2 || sum() < SMALL)) {
    const next = others.shift();
    if (next === undefined) break;
    hidden.add(next);
  }
  // Zeros would give the last one away, and so would the whole.
  const alone = hidden.size === 1 || (hidden.size > 1 && sum() < SMALL);
  return Object.fromEntries(names.map((name) => [name, alone || hidden.has(name) ? null : counts[name]])) as Record<
    P,
    number | null
  >;
};

const nothing = <P extends SendingPart>(names: readonly P[]) =>
  Object.fromEntries(names.map((name) => [name, null])) as Record<P, null>;

/**
 * A row as it may be read: in full by whoever leads the sending institution, or has all that is counted; else no count
 * under 5, and none from which one follows (rules.md, *Figures*), also not by subtraction from what the `longer` periods
 * tell of the sender: 12 in 90 days are hidden where 14 are told of 365. Of a sender of few nothing is told but that there
 * are few.
 */
export const shownSending = (row: SendingRow, own: boolean, longer: readonly ShownSending[] = []): ShownSending => {
  const { sender, sent } = row;
  if (own) return { ...row, own };
  const follows = fewApart(
    sent,
    longer.map((one) => one.sent),
  );
  if (small(sent) || follows) return { sender, own, sent: null, ...nothing(RECEIPT_PARTS), ...nothing(DUTY_PARTS) };
  return { sender, own, sent, ...partsOf(RECEIPT_PARTS, row, longer), ...partsOf(DUTY_PARTS, row, longer) };
};

/**
 * The sum of what several sent, or null where it would tell a hidden one: one alone, or together few, or by subtraction from
 * the sums that the `longer` periods tell.
 */
export const sentTogether = (
  rows: readonly SendingRow[],
  shown: readonly ShownSending[],
  longer: readonly (number | null)[] = [],
): number | null => {
  const hidden = rows.filter((_, n) => shown[n]?.sent === null);
  const sum = (of: readonly SendingRow[]): number => of.reduce((all, { sent }) => all + sent, 0);
  if (hidden.length > 0 && (hidden.length < 2 || sum(hidden) < SMALL || fewApart(sum(rows), longer))) return null;
  return sum(rows);
};

/** What a notifier has been told last: that nothing more is told is an answer, nothing at all is silence. */
export const ANSWERS = ['answered', 'withheld', 'silent'] as const;
export type Answered = (typeof ANSWERS)[number];
