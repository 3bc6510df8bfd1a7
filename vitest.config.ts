import { configDefaults, defineConfig } from 'vitest/config';

// A zone that is neither UTC nor Copenhagen's, 45 minutes off and with its summer at another time of the year:
// whatever reads the machine's zone comes out wrong. `SUITE_ZONE` is another, to compare with.
process.env.TZ = process.env.SUITE_ZONE ?? 'Pacific/Chatham';

const full = process.env.VERIFY === '1';
/** Tools that the machine lacks (scripts/tools.ts); the caller names what is left out because of them. */
const without = (process.env.WITHOUT ?? '').split(',').filter((name) => name !== '');
const needs: Readonly<Record<string, string[]>> = {
  chromium: ['test/web/**', 'test/**/*.browser.test.ts'],
  'redis-server': ['test/**/*.redis.test.ts'],
  clamd: ['test/**/*.clamd.test.ts'],
};

export default defineConfig({
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    exclude: [
      ...configDefaults.exclude,
      ...(full ? [] : ['test/**/*.verify.test.ts']),
      ...without.flatMap((name) => needs[name] ?? []),
    ],
    globalSetup: ['./test/support/global-setup.ts'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: full ? 1_800_000 : 60_000,
    hookTimeout: full ? 300_000 : 60_000,
    teardownTimeout: 20_000,
    allowOnly: false,
    passWithNoTests: false,
  },
});
