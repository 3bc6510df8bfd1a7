/**
 * `npm run supply-chain`: the list of everything that the product is made of (CycloneDX, `dist/sbom.cdx.json`), and what is
 * known against any of it. Fails for a known hole of high or critical severity in what production runs. Where the registry
 * does not tell, it says so and does not fail: a network is not a hole, and silence is not safety.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, run } from './run.ts';

type Sbom = { readonly components: readonly unknown[] };
type Audit = { readonly metadata?: { readonly vulnerabilities?: Readonly<Record<string, number>> } };

/** npm may say something before what was asked for. */
const json = <T>(output: string): T | null => {
  const start = output.search(/^\{/m);
  const end = output.lastIndexOf('\n}');
  try {
    return JSON.parse(output.slice(start, end + 2)) as T;
  } catch {
    return null;
  }
};

const listed = await run('sbom', ['npm', 'sbom', '--sbom-format', 'cyclonedx', '--package-lock-only']);
const sbom = json<Sbom>(listed.output);
if (!listed.passed || !sbom) {
  console.log(`FAIL sbom\n${listed.output}`);
  process.exitCode = 1;
} else {
  mkdirSync(join(root, 'dist'), { recursive: true });
  writeFileSync(join(root, 'dist', 'sbom.cdx.json'), `${JSON.stringify(sbom, null, 2)}\n`);
  console.log(`ok   sbom: ${sbom.components.length} components in dist/sbom.cdx.json`);
}

const asked = await run('audit', ['npm', 'audit', '--json', '--omit=dev']);
const counts = json<Audit>(asked.output)?.metadata?.vulnerabilities;
if (counts) {
  const grave = (counts.high ?? 0) + (counts.critical ?? 0);
  const told = Object.entries(counts).map(([severity, count]) => `${count} ${severity}`);
  console.log(`${grave > 0 ? 'FAIL' : 'ok  '} audit of what production runs: ${told.join(', ')}`);
  if (grave > 0) process.exitCode = 1;
} else {
  console.log('NOT RUN audit: this registry tells of no advisories; run it where one does before a release');
}
