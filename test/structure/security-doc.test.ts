import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '..', '..');
const text = readFileSync(join(ROOT, 'docs', 'security.md'), 'utf8');
const lines = text.split('\n').filter((line) => line.startsWith('- '));

/** Items of ASVS 5.0.0 by section: levels 1 and 2, and level 3 of chapters 8 and 11. */
const ITEMS =
  '1.1:2 1.2:9 1.3:11 1.4:3 1.5:2 2.1:3 2.2:3 2.3:4 2.4:1 3.2:2 3.3:4 3.4:6 3.5:5 3.7:2 4.1:3 4.2:1 4.3:2 4.4:4 ' +
  '5.1:1 5.2:3 5.3:2 5.4:3 6.1:3 6.2:12 6.3:4 6.4:4 6.5:5 6.6:3 6.8:4 7.1:3 7.2:4 7.3:2 7.4:5 7.5:2 7.6:2 ' +
  '8.1:4 8.2:4 8.3:3 8.4:2 9.1:3 9.2:4 10.1:2 10.2:2 10.3:4 10.4:11 10.5:5 10.6:2 10.7:3 ' +
  '11.1:4 11.2:5 11.3:5 11.4:4 11.5:2 11.6:2 11.7:2 12.1:3 12.2:2 12.3:4 13.1:1 13.2:5 13.3:2 13.4:5 ' +
  '14.1:2 14.2:4 14.3:3 15.1:3 15.2:3 15.3:7 16.1:1 16.2:5 16.3:4 16.4:3 16.5:3 17.1:1 17.2:4 17.3:2';
const items = ITEMS.split(' ').flatMap((part) => {
  const [section = '', count] = part.split(':');
  return Array.from({ length: Number(count) }, (_, place) => `${section}.${place + 1}`);
});

test('every item is answered once, and with one of three words', () => {
  expect(lines.map((line) => line.split(' ')[1])).toEqual(items);
  for (const line of lines) {
    const verdict = line.split(' · ')[1];
    expect(['met', 'n/a', 'open'], line).toContain(verdict);
    if (verdict !== 'met') expect(line.split(' · ').length, line).toBe(3);
  }
});

test('every file that is named is there', () => {
  const named = [...text.matchAll(/`([\w./-]+\.(?:ts|md))`/g)].map(([, path = '']) => path);
  expect(named.length).toBeGreaterThan(60);
  const places = ['', 'test', 'src/platform'];
  for (const path of named)
    expect(
      places.some((folder) => existsSync(join(ROOT, folder, path))),
      path,
    ).toBe(true);
});
