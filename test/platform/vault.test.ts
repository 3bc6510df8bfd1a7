import { randomBytes } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
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

test('what was packed before it was sealed, as long texts were once, still opens', () => {
  const packed = Buffer.concat([Buffer.of(0), deflateRawSync(JSON.stringify(NARRATIVE))]);
  expect(vault.open(key, 'content', vault.sealBytes(key, 'content', packed))).toEqual(NARRATIVE);
});

test('one bit changed, another slot or another key opens nothing', () => {
  const sealed = vault.seal(key, 'content', NARRATIVE);
  const changed = Uint8Array.from(sealed);
  changed[40] = (changed[40] ?? 0) ^ 1;
  expect(() => vault.open(key, 'content', changed)).toThrow();
  expect(() => vault.open(key, 'event:1', sealed)).toThrow();
  expect(() => vault.open(vault.newKey('notification', 'n').key, 'content', sealed)).toThrow();
});
