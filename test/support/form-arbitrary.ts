import fc from 'fast-check';
import { CODES } from '#domain/default-codes.ts';
import type { NotificationInput } from '#domain/notification-form.ts';

const pad = (value: number): string => String(value).padStart(2, '0');

/** Training CPRs of children born 2008-2024. */
const cpr = fc
  .tuple(
    fc.integer({ min: 1, max: 28 }),
    fc.integer({ min: 41, max: 52 }),
    fc.integer({ min: 8, max: 24 }),
    fc.nat(999),
  )
  .map(([day, month, year, serial]) => `${pad(day)}${pad(month)}${pad(year)}4${String(serial).padStart(3, '0')}`);

const text = fc
  .string({ minLength: 1, maxLength: 60, unit: fc.constantFrom(...'abcæøåÉ 1é-') })
  .map((one) => `x${one}`);
const postalCode = fc.oneof(
  fc.constantFrom('2200', '2300', '2300', '2400', '2500', '2450', '2700', '2720', '2100', '2150', '1361', '1799'),
  fc.constantFrom('1850', '2770', '8000', '0900'),
  fc.integer({ min: 0, max: 9999 }).map((code) => String(code).padStart(4, '0')),
);

const child = (institutions: readonly string[]) =>
  fc
    .record(
      {
        name: text,
        identity: fc.constantFrom('known' as const, 'unborn' as const, 'unknown' as const),
        cpr,
        address: fc.record({ postalCode }, { requiredKeys: [] }),
        protectedAddress: fc.boolean(),
        institution: fc.constantFrom(...institutions, null),
        ageEstimate: fc.option(fc.integer({ min: 0, max: 22 }), { nil: null }),
      },
      { requiredKeys: ['name', 'identity', 'cpr'] },
    )
    .map(({ cpr: digits, ...rest }) => (rest.identity === 'known' ? { ...rest, cpr: digits } : rest));

/** Valid notifications of many kinds, as a program or a browser would send them. */
export const validForm = (institutions: readonly string[], needs: readonly string[]): fc.Arbitrary<NotificationInput> =>
  fc.record(
    {
      language: fc.constantFrom('da' as const, 'en' as const),
      children: fc.uniqueArray(child(institutions), {
        minLength: 1,
        maxLength: 10,
        selector: (one) => ('cpr' in one ? one.cpr : one),
      }),
      notifier: fc.constantFrom(
        ...CODES.notifiers
          .filter((row) => row.until === null && row.code !== 8)
          .map((row) => ({
            basis: row.code > 6 ? ('citizen' as const) : ('professional' as const),
            notifierCode: row.code,
            name: 'Underretter',
          })),
        { basis: 'anonymous' as const, notifierCode: 8 },
      ),
      concern: fc.record(
        {
          narrative: text,
          reasons: fc.uniqueArray(fc.constantFrom(...CODES.reasons.map((row) => row.code)), { maxLength: 5 }),
          observations: fc.array(fc.record({ on: fc.constant('2026-01-01'), text }), { maxLength: 3 }),
        },
        { requiredKeys: ['narrative'] },
      ),
      parentsInformed: fc.oneof(
        fc.constant({ informed: true }),
        text.map((whyNot) => ({ informed: false, whyNot })),
      ),
      acute: fc.oneof(
        fc.constant({ marked: false }),
        text.map((why) => ({ marked: true, why })),
      ),
      need: fc.constantFrom(...needs, null),
    },
    { requiredKeys: ['language', 'children', 'notifier', 'concern', 'parentsInformed'] },
  );
