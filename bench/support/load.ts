import { connect, type Socket } from 'node:net';
import { stopwatch } from '#platform/clock.ts';

export type Timing = {
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  readonly errors: number;
};

const at = (sorted: readonly number[], part: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;

const round = (ms: number): number => Math.round(ms * 100) / 100;

export const quantiles = (times: readonly number[]): { p50: number; p99: number } => {
  const sorted = times.toSorted((a, b) => a - b);
  return { p50: round(at(sorted, 0.5)), p99: round(at(sorted, 0.99)) };
};

export const median = (values: readonly number[]): number =>
  at(
    values.toSorted((a, b) => a - b),
    0.5,
  );

/** `total` pieces of work by `clients` at once. Milliseconds; an error counts and does not stop the others. */
export const drive = async (
  clients: number,
  total: number,
  work: (client: number) => Promise<void>,
): Promise<Timing> => {
  const times: number[] = [];
  let [begun, errors] = [0, 0];
  const whole = stopwatch();
  await Promise.all(
    Array.from({ length: clients }, async (_, client) => {
      while (begun < total) {
        begun += 1;
        const one = stopwatch();
        try {
          await work(client);
          times.push(one());
        } catch {
          errors += 1;
        }
      }
    }),
  );
  return { perSecond: Math.round((total - errors) / (whole() / 1000)), ...quantiles(times), errors };
};

/** A server ends connections that rest for 5 seconds; we do so first, so that none ends under a request. */
const REST_MS = 4000;
const HEAD_END = '\r\n\r\n';

/** The body of an answer that has arrived whole, or null. Throws on any status but 200, and on one without a length. */
const bodyOf = (bytes: Buffer): string | null => {
  const end = bytes.indexOf(HEAD_END);
  if (end < 0) return null;
  const head = bytes.toString('latin1', 0, end);
  const length = /\r\ncontent-length: (\d+)/i.exec(head)?.[1];
  if (length === undefined) throw new Error('an answer without a length');
  const from = end + HEAD_END.length;
  if (bytes.length < from + Number(length)) return null;
  if (!head.startsWith('HTTP/1.1 200 ')) throw new Error(head.slice(9, 12));
  return bytes.toString('utf8', from);
};

const ask = (socket: Socket, request: string): Promise<string> =>
  new Promise((resolve, reject) => {
    let bytes: Buffer = Buffer.alloc(0);
    const done = (settle: () => void): void => {
      socket.off('data', take).off('error', fail).off('close', fail);
      settle();
    };
    const fail = (error: unknown): void =>
      done(() => {
        socket.destroy();
        reject(error instanceof Error ? error : new Error('closed'));
      });
    const take = (chunk: Buffer): void => {
      bytes = bytes.length === 0 ? chunk : Buffer.concat([bytes, chunk]);
      try {
        const body = bodyOf(bytes);
        if (body !== null) done(() => resolve(body));
      } catch (error) {
        fail(error);
      }
    };
    socket.on('data', take).once('error', fail).once('close', fail);
    socket.write(request);
  });

/**
 * A keep-alive client for JSON over HTTP, with as many connections as ask at once. It does little of its own, because it
 * shares the machine with what it measures. Throws on any status but 200.
 */
export const httpClient = (base: string) => {
  const { hostname, port, host } = new URL(base);
  const idle: Socket[] = [];
  const taken = (): Socket => {
    let socket = idle.pop();
    while (socket?.destroyed) socket = idle.pop();
    if (socket) return socket.setTimeout(0);
    const fresh = connect({ host: hostname, port: Number(port), noDelay: true }).unref();
    // An error also closes the connection, which is noticed where it is used.
    return fresh.on('error', () => undefined).on('timeout', () => fresh.destroy());
  };
  return async (path: string, body: string, headers: Record<string, string>): Promise<string> => {
    const all = { host, 'content-type': 'application/json', 'content-length': Buffer.byteLength(body), ...headers };
    const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
    const socket = taken();
    const answer = await ask(socket, `POST ${path} HTTP/1.1\r\n${lines.join('\r\n')}${HEAD_END}${body}`);
    idle.push(socket.setTimeout(REST_MS));
    return answer;
  };
};
