import { afterAll, beforeAll, expect, test } from 'vitest';
import { verdictOf } from '#domain/scanning.ts';
import { clamdAt, pingClamd } from '#platform/scanner.ts';
import { EICAR, HARMFUL_PDF, startClamd, type TestClamd } from '#test/support/clamd.ts';
import { REAL_LIMIT_MB, type RealClamd, startRealClamd } from '#test/support/real-clamd.ts';

const LIMIT = REAL_LIMIT_MB * 1024 * 1024;

let real: RealClamd;
let ours: TestClamd;
beforeAll(async () => {
  [real, ours] = [await startRealClamd(), await startClamd()];
  ours.behave({ limit: LIMIT });
});
afterAll(async () => {
  await ours.stop();
  await real.stop();
});

async function* pieces(content: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < content.length; at += 262_144) yield content.subarray(at, at + 262_144);
}

test.each([
  ['a text', Buffer.from('%PDF-1.7 indhold'), 'clean'],
  ['nothing', Buffer.alloc(0), 'clean'],
  ['the largest file', Buffer.alloc(20 * 1024 * 1024, 'x'), 'clean'],
  ['a virus', EICAR, 'harmful'],
  ['a virus in a PDF', HARMFUL_PDF, 'harmful'],
  ['more than it takes', Buffer.alloc(LIMIT + 262_144, 'x'), 'too-large'],
] as const)('the real one and the one of the tests say the same of %s', async (_what, content, said) => {
  for (const url of [...real.urls, ours.url]) {
    expect(verdictOf(await clamdAt(url)(pieces(content))).said, url).toBe(said);
  }
});

test('both answer when they are asked whether they do', async () => {
  for (const url of [...real.urls, ours.url]) expect(await pingClamd(url)).toBe(true);
});
