import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { times } from '#test/support/size.ts';
import { root, run } from '../../scripts/run.ts';
import { runSuite } from '../../scripts/suite.ts';

const DAY_HOURS = 24;
const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
const preload = pathToFileURL(join(root, 'test/support/machine-clock.ts')).href;

const clockOff = (hours: number): Readonly<Record<string, string>> => ({
  NODE_OPTIONS: `--import=${preload}`,
  MACHINE_CLOCK_HOURS: String(hours),
});

/** A day ahead, a day behind; at full size also as this very run is, and in the zone in which the law counts. */
const SETTINGS = [clockOff(DAY_HOURS), clockOff(-DAY_HOURS), {}, { SUITE_ZONE: 'Europe/Copenhagen' }].slice(
  0,
  times(2, 4),
);

/** Whatever counts time or is told it; at full size all of the rules, the second model and the use cases. */
const SAMPLE = ['calendar', 'deadlines', 'alarms', 'ladder', 'priority'].map((name) => `test/domain/${name}.test.ts`);
const FILES =
  times(0, 1) === 1 ? ['test/domain/', 'test/model/', 'test/usecases/'] : [...SAMPLE, 'test/usecases/acts.test.ts'];

describe('a machine whose clock is a day off', () => {
  test.each([DAY_HOURS, -DAY_HOURS])('is what a process sees that is told so: %i hours', async (hours) => {
    const asks = 'console.log(Date.now(), +new Date(), Temporal.Now.instant().epochMilliseconds)';
    const { output } = await run('clock', ['node', '-e', asks], { env: clockOff(hours) });
    const instants = output.match(/\b\d{13}\b/g) ?? [];
    expect(instants).toHaveLength(3);
    for (const seen of instants) {
      expect(Math.abs(Number(seen) - Date.now() - hours * HOUR_MS)).toBeLessThan(MINUTE_MS);
    }
  });

  test('changes no result, and neither does its time zone', { timeout: times(300_000, 7_200_000) }, async () => {
    const results: Readonly<Record<string, string>>[] = [];
    for (const setting of SETTINGS) {
      // At the size of `npm test`: what is compared is the outcome of every test, in so many processes one after another.
      const { tests } = await runSuite(FILES, { VERIFY: '0', ...setting }, false);
      results.push(Object.fromEntries(tests.map(({ name, status }) => [name, status])));
    }
    const [first = {}] = results;
    expect(Object.keys(first).length).toBeGreaterThan(20);
    expect(new Set(Object.values(first))).toEqual(new Set(['passed']));
    for (const other of results.slice(1)) expect(other).toEqual(first);
  });
});
