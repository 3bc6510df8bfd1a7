import { Agent, request } from 'node:http';
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

/** A keep-alive client for JSON over HTTP. Throws on any status but 200. */
export const httpClient = (base: string, clients: number) => {
  const agent = new Agent({ keepAlive: true, maxSockets: clients });
  const { hostname, port } = new URL(base);
  return (path: string, body: string, headers: Record<string, string>): Promise<string> =>
    new Promise((resolve, reject) => {
      const asked = request(
        { hostname, port, path, method: 'POST', agent, headers: { 'content-type': 'application/json', ...headers } },
        (answer) => {
          let text = '';
          answer.setEncoding('utf8');
          answer.on('data', (chunk: string) => {
            text += chunk;
          });
          answer.on('end', () =>
            answer.statusCode === 200 ? resolve(text) : reject(new Error(String(answer.statusCode))),
          );
        },
      );
      asked.on('error', reject);
      asked.end(body);
    });
};
