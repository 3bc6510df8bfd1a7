import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SMALL } from '#domain/figures.ts';
import {
  DUTY_PARTS,
  RECEIPT_PARTS,
  type SendingPart,
  type SendingRow,
  sentTogether,
  shownSending,
} from '#domain/sending.ts';
import { times } from '#test/support/size.ts';

const PARTS: readonly SendingPart[] = [...RECEIPT_PARTS, ...DUTY_PARTS];
const NONE = Object.fromEntries(PARTS.map((part) => [part, 0])) as Record<SendingPart, number>;
const rowOf = (more: Partial<SendingRow>): SendingRow => ({ sender: 'skole', sent: 12, ...NONE, ...more });

test.each<[string, Partial<SendingRow>, Partial<Record<SendingPart | 'sent', number | null>>]>([
  ['nothing is small', { inTime: 7, late: 5 }, { inTime: 7, late: 5, between: 0 }],
  [
    'one is small, and the next follows by subtraction',
    { inTime: 9, late: 3 },
    { inTime: null, late: null, between: 0 },
  ],
  ['two are few together', { inTime: 9, between: 2, late: 1 }, { inTime: null, between: null, late: null, waiting: 0 }],
  ['two are not few together', { inTime: 20, between: 3, late: 4 }, { inTime: 20, between: null, late: null }],
  ['nothing stands beside the small one', { inTime: 4 }, { inTime: null, between: null, late: null, waiting: null }],
  ['few were sent', { sent: 4, inTime: 4, told: 6 }, { sent: null, inTime: null, told: null, open: null }],
])('%s', (_, counts, shown) => {
  expect(shownSending(rowOf(counts), false)).toMatchObject(shown);
  expect(shownSending(rowOf(counts), true)).toMatchObject(counts);
});

/** Every way in which the hidden parts of a whole could be filled, by somebody who knows the whole and these rules. */
const ways = (hidden: number, sum: number): number[][] =>
  hidden === 0
    ? sum === 0
      ? [[]]
      : []
    : Array.from({ length: sum + 1 }, (__, first) =>
        ways(hidden - 1, sum - first).map((rest) => [first, ...rest]),
      ).flat();

test('no hidden part follows from the whole and from what is shown, and no small one is shown', () => {
  const count = fc.nat({ max: 12 });
  const four = fc.tuple(count, count, count, count);
  fc.assert(
    fc.property(four, ([inTime, between, late, waiting]) => {
      const counts = { inTime, between, late, waiting };
      const row = rowOf({ sent: 60, ...counts });
      const shown = shownSending(row, false);
      for (const part of RECEIPT_PARTS) expect([null, row[part]]).toContain(shown[part]);
      const hidden = RECEIPT_PARTS.filter((part) => shown[part] === null);
      const visible = RECEIPT_PARTS.flatMap((part) => shown[part] ?? []);
      expect(visible.every((n) => n === 0 || n >= SMALL)).toBe(true);
      const left = inTime + between + late + waiting - visible.reduce((a, b) => a + b, 0);
      hidden.forEach((_, place) => {
        const possible = new Set(ways(hidden.length, left).map((way) => way[place]));
        expect(possible.size).toBeGreaterThan(1);
      });
    }),
    { numRuns: times(200, 5_000) },
  );
});

test('a sum tells of no sender that is hidden', () => {
  const sum = (...sent: number[]) => {
    const rows = sent.map((n) => rowOf({ sent: n }));
    return sentTogether(
      rows,
      rows.map((row) => shownSending(row, false)),
    );
  };
  expect(sum(7, 9)).toBe(16);
  expect(sum(7, 3)).toBeNull();
  expect(sum(7, 1, 2)).toBeNull();
  expect(sum(7, 3, 4)).toBe(14);
  expect(sum(0, 7)).toBe(7);
});

test('a shorter period tells nothing from which the few that only a longer one has follow', () => {
  const year = shownSending(rowOf({ sent: 14, inTime: 14 }), false);
  expect(shownSending(rowOf({ sent: 12, inTime: 12 }), false, [year])).toMatchObject({ sent: null, inTime: null });
  for (const sent of [14, 9])
    expect(shownSending(rowOf({ sent, inTime: sent }), false, [year])).toMatchObject({ sent });
  expect(shownSending(rowOf({ sent: 12 }), true, [year])).toMatchObject({ sent: 12 });
  // Of 10 that were late then, 7 are late now: 3 would follow, and 7 of the 20 by subtraction from the sum.
  const late = shownSending(rowOf({ sent: 30, inTime: 20, late: 10 }), false);
  expect(shownSending(rowOf({ sent: 20, inTime: 13, late: 7 }), false, [late])).toMatchObject({
    ...{ sent: 20, inTime: null, late: null },
  });
});

test('whatever two periods tell, no difference between them is few', () => {
  const count = fc.nat({ max: 20 });
  const parts = fc.record({ inTime: count, between: count, late: count, waiting: count, told: count, silent: count });
  fc.assert(
    fc.property(parts, parts, count, count, (short, more, sent, moreSent) => {
      const both = Object.fromEntries(
        Object.entries(short).map(([key, n]) => [key, n + more[key as keyof typeof more]]),
      );
      const year = shownSending(rowOf({ ...both, sent: sent + moreSent }), false);
      const shown = shownSending(rowOf({ ...short, sent }), false, [year]);
      for (const part of [...PARTS, 'sent'] as const) {
        const [long, now] = [year[part], shown[part]];
        if (long === null || now === null) continue;
        expect([0, ...Array.from({ length: 40 }, (_, n) => n + SMALL)]).toContain(long - now);
      }
    }),
    { numRuns: times(300, 5_000) },
  );
});

test('nor do the sums of several', () => {
  const rows = [rowOf({ sent: 10 }), rowOf({ sent: 12 })];
  const hidden = rows.map((row) => shownSending(row, false, [shownSending(rowOf({ sent: row.sent + 2 }), false)]));
  expect(hidden.map(({ sent }) => sent)).toEqual([null, null]);
  expect(sentTogether(rows, hidden, [26])).toBeNull();
  expect(sentTogether(rows, hidden, [30])).toBe(22);
});
