import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ladderOf } from '#domain/ladder.ts';
import { deliveredWorld } from '#domain/regulations.ts';
import { instant, isAfter, withOffset } from '#domain/time.ts';
import { filesBelow } from '#test/support/dump.ts';
import { foundInMail } from '#test/support/needles.ts';
import { trainingOrganisation } from '#test/support/organisation.ts';
import { times } from '#test/support/size.ts';
import { storyProcesses, type Told } from '#test/support/story-process.ts';
import { personalTexts } from '#training/story/forms.ts';
import type { Line } from '#training/story/lines.ts';

const LIFE_MS = 240_000;

const { newFolder, tellIn, stateIn, remove } = storyProcesses();
afterAll(remove);

/** Lines with the referrals numbered as they first appear, so that two tellings can be compared. */
const comparable = (lines: readonly Line[]): string[] => {
  const names = [...new Set(lines.map(({ referral }) => referral))];
  return [...new Set(lines.map((line) => JSON.stringify({ ...line, referral: names.indexOf(line.referral) })))];
};

const organisation = trainingOrganisation();
let told: Told;
let dir: string;
const of = (act: string): readonly Line[] => told.lines.filter((line) => line.act === act);
const byReferral = () => [...Map.groupBy(told.lines, ({ referral }) => referral).values()];

/** When each clock of a kind ran from and until, by one referral's lines; `end` null: it runs still. */
const clocksIn = (lines: readonly Line[], kind: RegExp) => {
  const seen = new Map<string, { kind: string; from: string; due: string; end: string | null }>();
  for (const line of lines) {
    for (const due of line.due.filter((one) => kind.test(one.kind))) {
      const name = `${due.kind} ${due.at}`;
      if (!seen.has(name)) seen.set(name, { kind: due.kind, from: line.at, due: due.at, end: null });
    }
    for (const clock of seen.values()) {
      const runs = line.due.some((due) => due.kind === clock.kind && due.at === clock.due);
      if (!runs && clock.end === null) clock.end = line.at;
    }
  }
  return [...seen.values()];
};

beforeAll(async () => {
  dir = newFolder();
  told = await tellIn(dir, ['--fresh']);
}, LIFE_MS);

describe('from its lines alone', () => {
  test('it holds', () => {
    expect(told).toMatchObject({ code: 0, wrong: '', end: { ok: true } });
    expect(Object.values(told.end?.invariants ?? {})).not.toContain(false);
    expect(byReferral()).toHaveLength(3);
    const instants = told.lines.map(({ at }) => instant(at).epochMilliseconds);
    expect(instants).toEqual([...instants].sort((a, b) => a - b));
  });

  test('exactly one owner at every instant, and who it was', () => {
    for (const { owner } of told.lines) expect(organisation.units.get(owner)?.mayOwn.length).toBeGreaterThan(0);
    const changes = byReferral().map((lines) => {
      const owners = lines.map(({ owner, provisional }) => (provisional === null ? owner : `${owner} for another`));
      return owners.filter((owner, index) => owner !== owners[index - 1]);
    });
    expect(changes).toEqual([
      ['bch-modtagelsen', 'bbu-norrebro'],
      ['bbu-norrebro'],
      ['dognvagten for another', 'bbu-valby'],
    ]);
  });

  test('each step of the ladder at the instant that the ladder says', () => {
    const lines = byReferral()[0] ?? [];
    const steps = clocksIn(lines, /^ladder\./);
    const expected = ladderOf(instant(steps[0]?.from ?? ''), false, deliveredWorld(organisation)).steps.slice(0, 2);
    expect(steps.map(({ kind, from, due }) => ({ kind, from, due }))).toEqual(
      expected.map(({ step, startsAt, endsAt }) => ({
        kind: `ladder.${step}`,
        from: withOffset(startsAt),
        due: withOffset(endsAt),
      })),
    );
    expect(of('decline-handover').map(({ at }) => at)).toEqual([steps[0]?.from]);
    expect(of('decide-dispute').map(({ at }) => at)).toEqual([steps[1]?.end]);
  });

  test('receipt, assessment and feedback within their clocks', () => {
    for (const [kind, count] of [
      [/^receipt$/, 2],
      [/^assess-24h$/, 2],
      [/^feedback$/, 4],
    ] as const) {
      const clocks = byReferral().flatMap((lines) => clocksIn(lines, kind));
      expect(clocks.length, String(kind)).toBe(count);
      for (const { due, end } of clocks) expect(end !== null && !isAfter(instant(end), instant(due)), due).toBe(true);
    }
  });

  test('those who wait hear of it, and mail leaves in the hours of whoever gets it', () => {
    const subjects = of('record-mail').flatMap(({ mails }) => mails.map(({ subject }) => subject));
    expect(of('record-mail').every(({ mails }) => mails.length > 0)).toBe(true);
    expect(new Set(subjects).size).toBeGreaterThan(5);
    expect(of('claim-due-clocks').length).toBeGreaterThan(3);
  });
});

test('no personal datum in any byte that the mail catcher took', () => {
  const mails = filesBelow(join(dir, '.bindeled', 'story', 'mailbox'));
  const personal = personalTexts();
  expect(personal.length).toBeGreaterThan(20);
  expect(mails.length).toBeGreaterThan(20);
  for (const { path, bytes } of mails) expect(foundInMail(bytes, personal), path).toEqual([]);
});

test('told to its end, it tells nothing more', { timeout: LIFE_MS }, async () => {
  expect(await tellIn(dir, [])).toEqual({ lines: [], end: told.end, code: 0, wrong: '' });
});

/** Gaps between lines, by the number of lines before them: some, and all of them in `npm run verify`. */
const gapsAmong = (count: number): readonly number[] => {
  const gaps = Array.from({ length: count }, (_, index) => index + 1);
  const some = times(12, count);
  while (gaps.length > some) gaps.splice(randomInt(gaps.length), 1);
  return gaps;
};
/** At once, at the very end of the gap, or somewhere in it. */
const momentIn = (gap: number): number => [0, LIFE_MS, randomInt(20, 200)][gap % 3] ?? 0;

test('killed between any two lines and started again it ends in the same state, with nothing twice', {
  timeout: LIFE_MS * 4,
}, async () => {
  const again = newFolder();
  const lines: Line[] = [];
  for (const [index, line] of gapsAmong(told.lines.length).entries()) {
    const life = await tellIn(again, index === 0 ? ['--fresh'] : [], { line, afterMs: momentIn(index) });
    expect(life).toMatchObject({ code: null, end: null, wrong: '' });
    lines.push(...life.lines);
    expect(comparable(lines)).toHaveLength(line);
  }
  const last = await tellIn(again, []);
  expect(last).toMatchObject({ code: 0, wrong: '', end: told.end });
  expect(comparable([...lines, ...last.lines])).toEqual(comparable(told.lines));
  expect(await stateIn(again)).toEqual(await stateIn(dir));
});
