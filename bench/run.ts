/** `npm run bench -- NAME [--json] [--tiny]`: one benchmark, or all. Results also go to `bench/results/`. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { merge } from './merge.ts';
import { submit } from './submit.ts';
import { worklist } from './worklist.ts';

const BENCHES = { submit, worklist, merge } as const;
const RESULTS = join(import.meta.dirname, 'results');

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: 'boolean' }, tiny: { type: 'boolean' } },
});
const known = Object.keys(BENCHES) as (keyof typeof BENCHES)[];
const names = positionals.length > 0 ? known.filter((name) => positionals.includes(name)) : known;
if (names.length === 0) {
  process.stderr.write(`There is no such benchmark; choose from ${known.join(', ')}.\n`);
  process.exit(2);
}
for (const name of names) {
  const result = await BENCHES[name]({ tiny: values.tiny ?? false });
  // A tiny run proves that the benchmark works and tells nothing of the speed.
  if (!values.tiny) {
    mkdirSync(RESULTS, { recursive: true });
    writeFileSync(join(RESULTS, `${name}.json`), `${JSON.stringify(result, null, 2)}\n`);
  }
  process.stdout.write(`${values.json ? JSON.stringify(result) : JSON.stringify(result, null, 2)}\n`);
}
