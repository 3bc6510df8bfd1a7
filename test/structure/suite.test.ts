import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { differences } from '../../scripts/acceptance-copies.ts';
import { count } from '../../scripts/suite.ts';

const outcome = (passed: boolean) => ({ name: 'tests', passed, seconds: 1, output: '' });
const file = (status: string, ...statuses: string[]) => ({
  name: 'x.test.ts',
  status,
  assertionResults: statuses.map((s, index) => ({ fullName: `test ${index}`, status: s, duration: 1 })),
});

test('counts passed, failed and left out', () => {
  const suite = count(outcome(false), { testResults: [file('failed', 'passed', 'failed', 'pending', 'passed')] });
  expect(suite).toMatchObject({ passed: 2, failed: 1, notRun: ['test 2'] });
});

test('a file that does not load, an error outside any test and an empty run are failures', () => {
  expect(count(outcome(false), { testResults: [file('failed'), file('passed', 'passed')] })).toMatchObject({
    failed: 1,
  });
  expect(count(outcome(false), { testResults: [file('passed', 'passed')] })).toMatchObject({ passed: 1, failed: 1 });
  expect(count(outcome(false), { testResults: [] })).toMatchObject({ passed: 0, failed: 1 });
  expect(count(outcome(true), { testResults: [file('passed', 'passed')] })).toMatchObject({ passed: 1, failed: 0 });
});

test('acceptance copies: equal, different, missing, foreign', () => {
  const folder = mkdtempSync(join(tmpdir(), 'bindeled-copies-'));
  try {
    const [originals, copies] = [join(folder, 'originals'), join(folder, 'copies')];
    for (const [path, files] of [
      [originals, { 'a.json': '1', 'b.json': '2', 'c.json': '3' }],
      [copies, { 'a.json': '1', 'b.json': '2\n', 'd.json': '4' }],
    ] as const) {
      mkdirSync(path);
      for (const [name, text] of Object.entries(files)) writeFileSync(join(path, name), text);
    }
    expect(differences(originals, copies)).toEqual([
      'b.json differs',
      'c.json is missing',
      'd.json is no copy of anything',
    ]);
    expect(differences(originals, originals)).toEqual([]);
    expect(differences(originals, join(folder, 'nowhere'))).toHaveLength(3);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
