import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { clamdAt, pingClamd } from '#platform/scanner.ts';
import { EICAR, startClamd, type TestClamd } from '#test/support/clamd.ts';

let clamd: TestClamd;
beforeAll(async () => {
  clamd = await startClamd();
});
beforeEach(() => clamd.behave('well'));
afterAll(() => clamd.stop());

async function* pieces(content: Uint8Array, size = 65_536): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < content.length; at += size) yield content.subarray(at, at + size);
}

test('its answer comes as it is, whatever pieces the content comes in', async () => {
  const scan = clamdAt(clamd.url);
  expect(await scan(pieces(Buffer.alloc(1_000_000, 'x')))).toBe('stream: OK');
  for (const size of [1, 7, 1_000]) {
    expect(await scan(pieces(Buffer.concat([Buffer.from('%PDF-1.7'), EICAR]), size))).toBe(
      'stream: Eicar-Test-Signature FOUND',
    );
  }
  expect(await scan(pieces(Buffer.alloc(0)))).toBe('stream: OK');
  // A piece of no length in the middle does not end it.
  async function* gap(): AsyncGenerator<Uint8Array> {
    yield EICAR.subarray(0, 30);
    yield new Uint8Array(0);
    yield EICAR.subarray(30);
  }
  expect(await scan(gap())).toBe('stream: Eicar-Test-Signature FOUND');
});

test('a limit of its own is told although most was not taken, and the rest is not sent', async () => {
  clamd.behave({ limit: 500_000 });
  let given = 0;
  async function* endless(): AsyncGenerator<Uint8Array> {
    for (;;) {
      given += 1;
      yield Buffer.alloc(65_536);
    }
  }
  expect(await clamdAt(clamd.url)(endless())).toBe('INSTREAM size limit exceeded. ERROR');
  expect(given).toBeLessThan(1_000);
});

test('none, half and endless answers are none; nor does one come from nowhere', async () => {
  clamd.behave('hangs up');
  expect(await clamdAt(clamd.url)(pieces(EICAR))).toBeNull();
  clamd.behave({ says: 'x'.repeat(100_000) });
  expect(await clamdAt(clamd.url)(pieces(EICAR))).toBeNull();
  for (const url of ['tcp://127.0.0.1:1', 'unix:/nowhere/clamd.sock']) {
    expect(await clamdAt(url)(pieces(EICAR))).toBeNull();
    expect(await pingClamd(url)).toBe(false);
  }
  clamd.behave('well');
  expect(await pingClamd(clamd.url)).toBe(true);
});

test('what the content throws is thrown', async () => {
  async function* broken(): AsyncGenerator<Uint8Array> {
    yield EICAR;
    throw new Error('a part is missing');
  }
  await expect(clamdAt(clamd.url)(broken())).rejects.toThrow('a part is missing');
});
