import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonical } from '#domain/journal.ts';

/** What the digests of stored events were made of, said as plainly as it can be. */
const slowly = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(slowly).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const told = Object.entries(value).filter(([, one]) => one !== undefined);
  const sorted = told.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${sorted.map(([key, one]) => `${JSON.stringify(key)}:${slowly(one)}`).join(',')}}`;
};

// Keys that JavaScript puts first or treats apart, and keys that sort otherwise as numbers or in Danish.
const key = fc.oneof(fc.string(), fc.constantFrom('10', '9', '-1', '__proto__', 'constructor', 'Å', 'a', 'A', 'ø'));
const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.oneof(fc.string({ unit: 'binary' }), fc.double(), fc.boolean(), fc.constantFrom(null, undefined, -0)),
    fc.array(tie('value'), { maxLength: 5 }),
    fc.dictionary(key, tie('value'), { maxKeys: 6 }),
  ),
}));

const turned = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(turned);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, one]) => [key, turned(one)]),
  );
};

test('the text that is hashed stays what it was, byte for byte, whatever order the keys come in', () => {
  fc.assert(
    fc.property(value, (any) => {
      expect(canonical(any)).toBe(slowly(any));
      expect(canonical(turned(any))).toBe(slowly(any));
    }),
  );
});

test('read back from JSON the text is the same', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (any) => {
      expect(canonical(JSON.parse(canonical(any)))).toBe(canonical(any));
    }),
  );
});

test('an event’s data, by hand', () => {
  const data = { b: [1, undefined, { z: null, 10: 'ti', 9: 'ni' }], a: undefined, Å: 'æ"\n', a1: 0.5 };
  expect(canonical(data)).toBe('{"a1":0.5,"b":[1,null,{"10":"ti","9":"ni","z":null}],"Å":"æ\\"\\n"}');
});
