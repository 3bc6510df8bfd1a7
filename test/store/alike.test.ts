import fc from 'fast-check';
import { expect, test } from 'vitest';
import { instant } from '#domain/time.ts';
import { toAlike, toRow } from '#store/db.ts';

const value = fc.constantFrom<unknown>(
  undefined,
  null,
  false,
  0,
  '',
  'one',
  'two',
  new Uint8Array([1]),
  new Uint8Array([2]),
  instant('2026-11-02T08:15:00Z'),
  instant('2026-11-02T09:15:00+01:00'),
  instant('2026-11-02T08:15:01Z'),
);
const row = fc.dictionary(fc.constantFrom('id', 'unitId', 'dueAt', 'headHash'), value);

test('the first row with what another says otherwise is that other row, and what both say is not said again', () => {
  fc.assert(
    fc.property(fc.array(row, { maxLength: 5 }), (rows) => {
      const { first, otherwise } = toAlike(rows);
      expect(otherwise).toHaveLength(rows.length);
      for (const [place, said] of otherwise.entries()) {
        expect(toRow({ ...first, ...said })).toEqual(toRow(rows[place] ?? {}));
        for (const name in said) expect(said[name] ?? null).not.toBe(first[name] ?? null);
      }
    }),
  );
});
