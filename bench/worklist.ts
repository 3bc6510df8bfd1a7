import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stopwatch } from '#platform/clock.ts';
import { httpClient, quantiles } from './support/load.ts';
import { onStage, type Stage } from './support/stage.ts';

const UNIT = 'bbu-norrebro';
const PERSON = 'intake-bbu-norrebro';
const PAGE = 50;

const text = (name: string): string => readFileSync(join(import.meta.dirname, 'support', name), 'utf8');
const [RAW_PAGE = '', RAW_COUNTS = ''] = text('worklist.sql').split('-- counts\n');

/** Fills a stage with that many referrals. Answers what is timed over them, each in milliseconds. */
const fill = async (stage: Stage, referrals: number) => {
  const client = await stage.connect();
  await client.query('set session_replication_role = replica');
  await client.query(text('fill.sql'), [referrals]);
  await client.query('set session_replication_role = origin');
  await client.query('vacuum analyze');
  await client.query('checkpoint');
  const cookie = await stage.login(PERSON);
  const post = httpClient(stage.apiUrl);
  const ask = async <R>(procedure: string, input: object): Promise<R> =>
    JSON.parse(await post(`/trpc/${procedure}`, JSON.stringify(input), { cookie, 'idempotency-key': randomUUID() }))
      .result.data;
  const timed = async (work: () => Promise<void>): Promise<number> => {
    const time = stopwatch();
    await work();
    return time();
  };
  const demandFull = (shown: number): void => {
    if (shown < PAGE) throw new Error(`only ${shown} lines: the page must be full to be compared`);
  };
  return {
    http: () =>
      timed(async () => {
        demandFull((await ask<{ items: unknown[] }>('referrals.worklist', { tab: 'all' })).items.length);
        await ask('referrals.counts', {});
      }),
    raw: () =>
      timed(async () => {
        demandFull((await client.query({ name: 'page', text: RAW_PAGE, values: [UNIT] })).rows.length);
        await client.query({
          name: 'counts',
          text: RAW_COUNTS,
          values: [UNIT, await stage.deps.clock.now().then(String)],
        });
      }),
  };
};

const times = async (count: number, work: () => Promise<number>): Promise<number[]> => {
  const all: number[] = [];
  for (let n = 0; n < count; n += 1) all.push(await work());
  return all;
};

const part = (a: number, b: number): number => Math.round((a / b) * 100) / 100;

/** The first page of 50 and its counts over HTTP, in a small and in a large database side by side, against SQL alone. */
export const worklist = ({ tiny }: { readonly tiny: boolean }) =>
  onStage((smallStage) =>
    onStage(async (largeStage) => {
      const [few, many] = tiny ? [4_000, 8_000] : [10_000, 1_000_000];
      const [rounds, asked] = tiny ? [2, 5] : [10, 100];
      const lists = { small: await fill(smallStage, few), large: await fill(largeStage, many) };
      const taken = {
        small: { http: [] as number[], raw: [] as number[] },
        large: { http: [] as number[], raw: [] as number[] },
      };
      for (let round = 0; round <= rounds; round += 1) {
        for (const name of ['small', 'large'] as const) {
          for (const how of ['raw', 'http'] as const) {
            const measured = await times(asked, lists[name][how]);
            // The first round warms up.
            if (round > 0) taken[name][how].push(...measured);
          }
        }
      }
      const small = { http: quantiles(taken.small.http), raw: quantiles(taken.small.raw) };
      const large = { http: quantiles(taken.large.http), raw: quantiles(taken.large.raw) };
      return {
        name: 'worklist',
        growth: part(large.http.p50, small.http.p50),
        ratio: part(large.http.p50, large.raw.p50),
        p50: large.http.p50,
        floor: large.raw.p50,
        bars: { growth: 1.3, ratio: 8 },
        settings: { referrals: { small: few, large: many }, open: '1 in 4', rounds, asked, small, large },
      };
    }),
  );
