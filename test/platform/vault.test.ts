import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { createVault, localKeys } from '#platform/vault.ts';

const vault = createVault(randomBytes(32), localKeys(new Map([[1, randomBytes(32)]]), 1));
const { key } = vault.newKey('notification', 'n');

const NARRATIVE = { form: { concern: { narrative: 'Barnet har været væk fra skolen i tre uger. '.repeat(70) } } };

test.each([null, '', 'kort', [1, 2], { a: 'æøå 🙂' }, NARRATIVE, 'x'.repeat(100_000)])(
  'what was sealed opens as it was',
  (value) => {
    expect(vault.open(key, 'content', vault.seal(key, 'content', value))).toEqual(value);
  },
);

test('a long text is packed before it is sealed', () => {
  expect(vault.seal(key, 'content', NARRATIVE).length).toBeLessThan(JSON.stringify(NARRATIVE).length / 5);
});

test('what was sealed before anything was packed still opens', () => {
  const before = vault.sealBytes(key, 'content', Buffer.from(JSON.stringify(NARRATIVE)));
  expect(vault.open(key, 'content', before)).toEqual(NARRATIVE);
});

test('one bit changed, another slot or another key opens nothing', () => {
  const sealed = vault.seal(key, 'content', NARRATIVE);
  const changed = Uint8Array.from(sealed);
  changed[40] = (changed[40] ?? 0) ^ 1;
  expect(() => vault.open(key, 'content', changed)).toThrow();
  expect(() => vault.open(key, 'event:1', sealed)).toThrow();
  expect(() => vault.open(vault.newKey('notification', 'n').key, 'content', sealed)).toThrow();
});
