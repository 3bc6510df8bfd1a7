/**
 * `npm run verify`: the suite at full size (test/support/size.ts), with the tests that only make sense there
 * (`*.verify.test.ts`). One line for each test. Arguments go to Vitest: `npm run verify -- test/domain`.
 */
import { runSuite } from './suite.ts';
import { ensureTools } from './tools.ts';

const missing = ensureTools();
const suite = await runSuite(process.argv.slice(2), {
  VERIFY: '1',
  WITHOUT: missing.map((tool) => tool.name).join(','),
});
for (const test of suite.tests) {
  const word = test.status === 'passed' ? 'ok  ' : test.status === 'failed' ? 'FAIL' : 'NOT RUN';
  console.log(`${word} ${test.name} (${(test.milliseconds / 1000).toFixed(1)} s)`);
}
for (const tool of missing) console.log(`NOT RUN ${tool.for} (no ${tool.name} here)`);
console.log(`${suite.passed} passed, ${suite.failed} failed`);
process.exitCode = suite.failed === 0 && suite.notRun.length === 0 && missing.length === 0 ? 0 : 1;
