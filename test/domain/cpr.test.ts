import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ageAt, parseCpr } from '#domain/cpr.ts';
import { T } from '#domain/time.ts';

const day = (text: string) => T.PlainDate.from(text);
const born = (text: string): string => {
  const parsed = parseCpr(text, { training: true });
  return 'error' in parsed ? parsed.error : String(parsed.birthOn);
};

test.each([
  ['0101800000', '1980-01-01'],
  ['010180-3999', '1980-01-01'],
  ['010136 4000', '2036-01-01'],
  ['0101374000', '1937-01-01'],
  ['0101575000', '2057-01-01'],
  ['0101585000', '1858-01-01'],
  ['0101108000', '2010-01-01'],
  ['0101369000', '2036-01-01'],
  ['0101379000', '1937-01-01'],
  ['2902004000', '2000-02-29'],
  ['2902014000', 'cpr-date'],
  ['6101104000', '2010-01-01'],
  ['9112104000', '2010-12-31'],
  ['9212104000', 'cpr-date'],
  ['3202104000', 'cpr-date'],
  ['0141104000', '2010-01-01'],
  ['0152104000', '2010-12-01'],
  ['0153104000', 'cpr-date'],
  ['0100104000', 'cpr-date'],
  ['0000000000', 'cpr-date'],
  ['010110400', 'cpr-digits'],
  ['01011040000', 'cpr-digits'],
  ['0101-104000', 'cpr-digits'],
  ['010110--4000', 'cpr-digits'],
  ['٠١٠١١٠٤٠٠٠', 'cpr-digits'],
  ['', 'cpr-digits'],
])('%s → %s', (text, expected) => {
  expect(born(text)).toBe(expected);
});

test('kinds, digits and the checksum that only warns', () => {
  expect(parseCpr(' 010110-4000 ')).toMatchObject({ digits: '0101104000', kind: 'cpr', checksumOk: false });
  expect(parseCpr('0707614285')).toMatchObject({ kind: 'cpr', checksumOk: true });
  expect(parseCpr('610110-4000')).toMatchObject({ kind: 'replacement', checksumOk: true });
  expect(parseCpr('014110-4000', { training: true })).toMatchObject({ kind: 'training', checksumOk: true });
});

test('production refuses training numbers', () => {
  expect(parseCpr('0141104000')).toEqual({ error: 'cpr-training' });
  expect(parseCpr('0141104000', { training: false })).toEqual({ error: 'cpr-training' });
});

test('whole years', () => {
  expect(ageAt(day('2018-11-03'), day('2026-11-02'))).toBe(7);
  expect(ageAt(day('2018-11-03'), day('2026-11-03'))).toBe(8);
  expect(ageAt(day('2008-02-29'), day('2026-02-28'))).toBe(17);
  expect(ageAt(day('2008-02-29'), day('2026-03-01'))).toBe(18);
  expect(ageAt(day('2026-11-03'), day('2026-11-03'))).toBe(0);
});

test('whole years are what the calendar counts between two days', () => {
  const any = fc
    .record({ year: fc.integer({ min: 1858, max: 2057 }), month: fc.integer({ min: 1, max: 12 }), day: fc.nat(30) })
    .map(({ day: d, ...ym }) => T.PlainDate.from({ ...ym, day: d + 1 }));
  fc.assert(
    fc.property(any, any, (a, b) => {
      const [birthOn, on] = T.PlainDate.compare(a, b) < 0 ? [a, b] : [b, a];
      expect(ageAt(birthOn, on)).toBe(birthOn.until(on, { largestUnit: 'years' }).years);
    }),
    {
      numRuns: 2000,
      examples: [
        [day('2008-02-29'), day('2026-02-28')],
        [day('2008-02-29'), day('2026-03-01')],
      ],
    },
  );
});

test('never throws, and says nothing but its error codes', () => {
  const digits = fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 10, maxLength: 10 });
  fc.assert(
    fc.property(fc.oneof(fc.string(), digits), fc.boolean(), (text, training) => {
      const parsed = parseCpr(text, { training });
      if ('error' in parsed) expect(['cpr-digits', 'cpr-date', 'cpr-training']).toContain(parsed.error);
      else expect(parsed.digits).toMatch(/^\d{10}$/);
    }),
  );
});
