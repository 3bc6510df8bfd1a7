import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Derivation } from '#domain/deadlines.ts';
import { instant, withOffset } from '#domain/time.ts';
import { fromDate } from '#store/db.ts';
import { administrator } from '#test/support/administrators.ts';
import { makeWorld, type TestWorld } from '#test/support/context.ts';
import { ACUTE, makeForm } from '#test/support/municipality.ts';
import { lastFact } from '#test/support/referral-state.ts';
import { acknowledgeReferral } from '#usecases/acknowledge-referral.ts';
import { assessReferral } from '#usecases/assess-referral.ts';
import { changePriority } from '#usecases/change-priority.ts';
import { decideChange } from '#usecases/decide-change.ts';
import { decideReferral } from '#usecases/decide-referral.ts';
import { pauseClock } from '#usecases/pause-clock.ts';
import { proposeChange } from '#usecases/propose-change.ts';
import { proposeHandover } from '#usecases/propose-handover.ts';
import { readChange, readChanges } from '#usecases/read-setup.ts';
import { submitNotification } from '#usecases/submit-notification.ts';
import { verifyJournal } from '#usecases/verify-journal.ts';

const SENDER = 'school-social-worker-skole-norrebro';
const INTAKE = 'intake-bbu-norrebro';
const LEADER = 'team-leader-bbu-norrebro';
const TUESDAY = '2026-11-10';
const at = (time: string, day = TUESDAY): string => `${day}T${time}:00+01:00`;
const reason = { reason: 'Kort' };
const NOT_KNOWN = { known: { unit: null, disability: false, elsewhere: false }, need: null };

let world: TestWorld;
const anna = (when: string) => administrator(world, 'anna', when);
const bo = (when: string) => administrator(world, 'bo', when);
const intake = (when: string) => world.ctxFor(INTAKE, when);
const leader = (when: string) => world.ctxFor(LEADER, when);

const submit = async (when: string, more: Record<string, unknown> = {}): Promise<string> => {
  const { referrals } = await submitNotification(world.ctxFor(SENDER, when), makeForm(more));
  return referrals[0]?.id ?? expect.fail();
};
const taken = async (when: string, more: Record<string, unknown> = {}): Promise<string> => {
  const id = await submit(when, more);
  await acknowledgeReferral(intake(when), { id, ...NOT_KNOWN });
  return id;
};
const decided = async (when: string): Promise<string> => {
  const id = await taken(when);
  const evidence = { evidence: 'phone-call' as const, occurredAt: instant(when) };
  await assessReferral(intake(when), { id, acute: false, ...evidence, ...reason });
  await decideReferral(intake(when), { id, outcome: 'preventive', ...reason });
  return id;
};
const pause = async (id: string, kind: string, when: string, until: string): Promise<void> => {
  const clock = await world.deps.db.deadline.findFirstOrThrow({ where: { referralId: id, kind, state: 'running' } });
  await pauseClock(leader(when), { id, clockId: clock.id, reason: 'family', until: instant(until) });
};

const derivationOf = ({ derivation }: { derivation: unknown }) => derivation as Derivation;

/** Every clock that runs: id → due instant and derivation. */
const running = async () => {
  const rows = await world.deps.db.deadline.findMany({ where: { state: 'running' } });
  return new Map(rows.map((row) => [row.id, { ...row, due: withOffset(fromDate(row.dueAt)) }]));
};
type Table = Awaited<ReturnType<typeof running>>;
const differing = (before: Table, after: Table): string[] =>
  [...after]
    .filter(([id, row]) => before.get(id)?.due !== row.due)
    .map(([id, row]) => `${id} ${before.get(id)?.due} → ${row.due}`)
    .sort();

const period = (clock: string, n: number, acute: number | null, from: string, applyToOpen: boolean) => ({
  what: 'policy-period',
  clock,
  from,
  period: { n, unit: 'workdays' },
  acute: acute === null ? null : { n: acute, unit: 'elapsed hours' },
  source: 'beslutning i direktionen 9. november 2026',
  applyToOpen,
});
const propose = async (payload: unknown, when: string): Promise<string> => {
  const { id } = await proposeChange(anna(when), { kind: 'regulations', payload, note: 'Aftalt' });
  return id;
};
const shownTo = async (id: string, when: string) => {
  const { dryRun, stateVersion, problem } = await readChange(bo(when), id);
  if (!dryRun) return expect.fail(problem?.en ?? 'no dry run');
  const moving = dryRun.moves.filter(({ moves }) => moves);
  const lines = moving.map((m) => `${m.id} ${withOffset(instant(m.from))} → ${withOffset(instant(m.to))}`).sort();
  return { ...dryRun, lines, stateVersion };
};
const confirm = (id: string, shown: { digest: string; stateVersion: number }, when: string) =>
  decideChange(bo(when), { id, answer: 'confirm', reason: null, ...shown });

beforeAll(async () => {
  world = await makeWorld();
});
afterAll(async () => {
  expect(await verifyJournal(world.systemCtx('2026-12-01T00:00:00Z'))).toMatchObject({ intact: true });
  await world.drop();
});

describe('a policy period with clocks of every sort running', () => {
  let ids: Record<'plain' | 'acute' | 'became' | 'calmed' | 'offered' | 'rested' | 'told' | 'waits', string>;

  test('the scene', async () => {
    ids = {
      plain: await submit(at('09:00')),
      acute: await submit(at('09:05'), ACUTE),
      became: await submit(at('09:10')),
      calmed: await submit(at('09:15'), ACUTE),
      offered: await taken(at('09:20')),
      rested: await taken(at('09:25')),
      told: await decided(at('09:30')),
      waits: await decided(at('09:35')),
    };
    await changePriority(leader(at('09:40')), { id: ids.became, acute: true, ...reason });
    await changePriority(leader(at('09:40')), { id: ids.calmed, acute: false, ...reason });
    for (const id of [ids.offered, ids.rested]) {
      await proposeHandover(intake(at('09:41')), { id, to: 'bbu-valby', ...reason });
    }
    await pause(ids.rested, 'handover', at('09:42'), at('12:00', '2026-11-11'));
    await pause(ids.waits, 'feedback', at('09:43'), at('12:00', '2026-11-12'));
    const kinds = [...(await running()).values()].map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === 'acknowledge')).toHaveLength(4);
    expect(kinds.filter((kind) => kind === 'handover')).toHaveLength(2);
    expect(kinds.filter((kind) => kind === 'feedback')).toHaveLength(2);
  });

  test.each([
    ['longer, acute ones among them', period('acknowledge', 3, 2, '2026-11-11', true), 4],
    ['longer, one of them paused', period('handover', 4, 6, '2026-11-11', true), 2],
    ['longer, one of them paused, no acute period', period('feedback', 8, null, '2026-11-11', true), 2],
    ['shorter again', period('feedback', 3, null, '2026-11-12', true), 2],
  ])('%s: the list shown is what moves, row by row', async (_name, payload, count) => {
    const id = await propose(payload, at('09:45'));
    const shown = await shownTo(id, at('09:46'));
    expect(shown.lines).toHaveLength(count);
    expect(shown.moves.every(({ kind }) => kind === payload.clock)).toBe(true);
    const before = await running();
    await confirm(id, shown, at('09:47'));
    const after = await running();
    expect(differing(before, after)).toEqual(shown.lines);
    for (const { id: moved } of shown.moves) {
      const { derivation, due, acute } = after.get(moved) ?? expect.fail();
      const told = derivationOf({ derivation });
      expect([told.due, told.source, told.policy]).toEqual([due, payload.source, `policy-${payload.from}`]);
      const was = before.get(moved) ?? expect.fail();
      expect(told.pauses).toEqual(derivationOf(was).pauses);
      expect(acute).toBe(was.acute);
    }
  });

  test('the instants are those of the rules', async () => {
    const due = async (id: string, kind: string) => {
      const { dueAt } = await world.deps.db.deadline.findFirstOrThrow({ where: { referralId: id, kind } });
      return withOffset(fromDate(dueAt));
    };
    expect(await due(ids.plain, 'acknowledge')).toBe('2026-11-13T23:59:59+01:00');
    expect(await due(ids.acute, 'acknowledge')).toBe('2026-11-10T11:05:00+01:00');
    expect(await due(ids.became, 'acknowledge')).toBe('2026-11-10T11:40:00+01:00');
    expect(await due(ids.calmed, 'acknowledge')).toBe('2026-11-13T23:59:59+01:00');
    expect(await due(ids.offered, 'handover')).toBe('2026-11-16T23:59:59+01:00');
    // Tuesday and Wednesday are paused in part: Thu 12th, Fri 13th, Mon 16th, Tue 17th.
    expect(await due(ids.rested, 'handover')).toBe('2026-11-17T23:59:59+01:00');
    expect(await due(ids.told, 'feedback')).toBe('2026-11-13T23:59:59+01:00');
    expect(await due(ids.waits, 'feedback')).toBe('2026-11-17T23:59:59+01:00');
  });

  test('each referral tells of it, the page of it is stale, and its next duty is right', async () => {
    const { id, nextDueAt } = await world.deps.db.referral.findUniqueOrThrow({ where: { id: ids.plain } });
    const { due } = (await lastFact(world.deps.db, id, 'clocks-moved')) as { due: Record<string, { is: string }> };
    expect(Object.values(due).map(({ is }) => is)).toEqual(['2026-11-13T22:59:59.000Z']);
    expect(withOffset(fromDate(nextDueAt))).toBe('2026-11-11T09:00:00+01:00');
  });
});

describe('a change for later clocks only', () => {
  test('moves none, shows what would differ, and the next clock started goes by it', async () => {
    const id = await propose(period('acknowledge', 5, 3, '2026-11-18', false), at('10:00', '2026-11-16'));
    const open = await submit(at('10:05', '2026-11-16'));
    const shown = await shownTo(id, at('10:10', '2026-11-16'));
    expect(shown.lines).toEqual([]);
    expect(shown.moves.length).toBeGreaterThan(0);
    const before = await running();
    await confirm(id, shown, at('10:15', '2026-11-16'));
    expect(differing(before, await running())).toEqual([]);
    const due = async (referralId: string) => {
      const where = { referralId, kind: 'acknowledge' };
      const { dueAt, derivation } = await world.deps.db.deadline.findFirstOrThrow({ where });
      return [withOffset(fromDate(dueAt)), derivationOf({ derivation }).policy];
    };
    expect(await due(open)).toEqual(['2026-11-19T23:59:59+01:00', 'policy-2026-11-12']);
    expect(await due(await submit(at('23:00', '2026-11-17')))).toEqual([
      '2026-11-20T23:59:59+01:00',
      'policy-2026-11-12',
    ]);
    expect(await due(await submit(at('08:00', '2026-11-18')))).toEqual([
      '2026-11-25T23:59:59+01:00',
      'policy-2026-11-18',
    ]);
  });

  test('a clock that becomes acute and ordinary again goes by the version of when it (re)started', async () => {
    const id = await submit(at('23:30', '2026-11-17'));
    const later = at('09:00', '2026-11-18');
    await changePriority(leader(later), { id, acute: true, ...reason });
    const due = async () => {
      const clock = await world.deps.db.deadline.findFirstOrThrow({
        where: { referralId: id, kind: 'acknowledge', state: 'running' },
      });
      return withOffset(fromDate(clock.dueAt));
    };
    expect(await due()).toBe('2026-11-18T12:00:00+01:00');
    await changePriority(leader(at('09:30', '2026-11-18')), { id, acute: false, ...reason });
    expect(await due()).toBe('2026-11-20T23:59:59+01:00');
  });
});

describe('four eyes', () => {
  const NOW = at('12:00', '2026-11-19');
  const change = period('feedback', 7, null, '2026-11-25', true);

  test('the proposer cannot confirm or reject it, nobody else can take it back, and it is decided once', async () => {
    const id = await propose(change, NOW);
    const shown = await shownTo(id, NOW);
    const own = { id, ...shown, reason: null };
    await expect(decideChange(anna(NOW), { ...own, answer: 'confirm' })).rejects.toThrow('ILLEGAL_TRANSITION');
    await expect(decideChange(anna(NOW), { ...own, answer: 'reject' })).rejects.toThrow('ILLEGAL_TRANSITION');
    await expect(decideChange(bo(NOW), { ...own, answer: 'withdraw' })).rejects.toThrow('ILLEGAL_TRANSITION');
    await expect(decideChange(leader(NOW), { ...own, answer: 'confirm' })).rejects.toThrow('OUT_OF_SCOPE');
    await decideChange(bo(NOW), { ...own, answer: 'reject', reason: 'For kort' });
    await expect(confirm(id, shown, NOW)).rejects.toThrow('ILLEGAL_TRANSITION');
    const { changes, events } = await readChanges(bo(NOW));
    expect(changes.find((one) => one.id === id)).toMatchObject({ state: 'rejected', decision: 'For kort', own: false });
    expect(events.filter((one) => one.changeId === id).map(({ kind }) => kind)).toEqual(['rejected', 'proposed']);
  });

  test('the database holds it too', async () => {
    const id = await propose(change, NOW);
    const where = { id };
    const by = { state: 'confirmed', decidedBy: 'anna', decidedAt: new Date('2026-11-19T11:00:00Z') };
    const { proposedChange, setupEvent, regulations } = world.deps.db;
    await expect(proposedChange.update({ where, data: by })).rejects.toThrow('four_eyes');
    await expect(proposedChange.update({ where, data: { note: 'andet' } })).rejects.toThrow('stays as it was proposed');
    await expect(setupEvent.deleteMany()).rejects.toThrow('append-only');
    await expect(regulations.updateMany({ data: { version: 9 } })).rejects.toThrow('append-only');
    await decideChange(anna(NOW), { id, answer: 'withdraw', digest: null, reason: null, stateVersion: 0 });
  });

  test('what has changed since it was shown is not confirmed', async () => {
    const id = await propose(change, NOW);
    const shown = await shownTo(id, NOW);
    const fresh = await decided(at('12:05', '2026-11-19'));
    const before = await running();
    await expect(confirm(id, shown, at('12:10', '2026-11-19'))).rejects.toThrow('STALE');
    expect(differing(before, await running())).toEqual([]);
    const again = await shownTo(id, at('12:11', '2026-11-19'));
    expect(again.lines).toHaveLength(shown.lines.length + 1);
    await confirm(id, again, at('12:12', '2026-11-19'));
    expect(differing(before, await running())).toEqual(again.lines);
    expect(again.moves.map(({ caseNumber }) => caseNumber)).toContain(
      (await world.deps.db.referral.findUniqueOrThrow({ where: { id: fresh } })).caseNumber,
    );
  });

  test('two confirm at once: one does it', async () => {
    const id = await propose(period('partshoring', 9, null, '2026-11-26', false), NOW);
    const shown = await shownTo(id, NOW);
    const answers = await Promise.allSettled([
      confirm(id, shown, NOW),
      decideChange(administrator(world, 'carl', NOW), { id, answer: 'confirm', reason: null, ...shown }),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });
});

describe('what is refused, naming the field', () => {
  const NOW = at('12:00', '2026-11-20');
  const refused = async (payload: unknown) => {
    const error = await propose(payload, NOW).catch((one: unknown) => one);
    expect(error).toMatchObject({ code: 'INVALID' });
    return (error as { fields: { path: string; code: string }[] }).fields.map(({ path, code }) => `${path} ${code}`);
  };

  test.each([
    [period('feedback', 9, null, '2026-11-20', false), 'change.from not-tomorrow'],
    [period('feedback', 9, null, '2020-01-01', false), 'change.from not-tomorrow'],
    [period('feedback', 9, null, '2026-11-24', false), 'change.from before-planned'],
    [{ ...period('feedback', 9, null, '2026-12-01', false), source: ' ' }, 'change.source required'],
    [period('feedback', 0, null, '2026-12-01', false), 'change.period.n out-of-range'],
    [{ ...period('feedback', 9, null, '2026-12-01', false), clock: 'receipt' }, 'change.clock unknown-choice'],
    [
      { what: 'end-closing-day', on: '06-05', until: '2026-11-20', source: 'x', applyToOpen: false },
      'change.until not-tomorrow',
    ],
  ])('%#', async (payload, expected) => {
    expect(await refused(payload)).toEqual([expected]);
  });
});

describe('opening hours and closing days', () => {
  test('an exception moves the system’s own look at closing at once, and no deadline', async () => {
    const now = at('09:00', '2026-11-24');
    const id = await submit(now);
    const closing = async () =>
      (await world.deps.db.deadline.findFirstOrThrow({ where: { referralId: id, kind: 'closing', state: 'running' } }))
        .dueAt;
    expect(withOffset(fromDate(await closing()))).toBe('2026-11-24T16:00:00+01:00');
    const change = {
      what: 'opening-exception',
      units: ['bbu-norrebro'],
      from: '2026-11-25',
      to: '2026-11-26',
      periods: [{ from: '10:00', to: '12:00' }],
      reason: 'Personaledag',
      source: 'centerchefen',
    };
    const proposed = await propose(change, now);
    const shown = await shownTo(proposed, now);
    const before = await running();
    await confirm(proposed, shown, now);
    expect(differing(before, await running())).toEqual(shown.lines);
    const next = await submit(at('17:00', '2026-11-24'));
    const { dueAt } = await world.deps.db.deadline.findFirstOrThrow({ where: { referralId: next, kind: 'closing' } });
    expect(withOffset(fromDate(dueAt))).toBe('2026-11-25T12:00:00+01:00');
  });

  test('a closing day moves open clocks of the municipality’s own, when asked, and none of the law', async () => {
    const now = at('09:00', '2026-11-27');
    const id = await submit(now);
    const change = {
      what: 'closing-day',
      on: '2026-11-30',
      da: 'Flyttedag',
      en: 'Moving day',
      from: '2026-11-28',
      until: null,
      source: 'direktionen',
      applyToOpen: true,
    };
    const proposed = await propose(change, now);
    const shown = await shownTo(proposed, now);
    const before = await running();
    await confirm(proposed, shown, now);
    const after = await running();
    expect(differing(before, after)).toEqual(shown.lines);
    const mine = [...after.values()].filter(({ referralId }) => referralId === id);
    const due = Object.fromEntries(mine.map((row) => [row.kind, row.due]));
    expect(due).toMatchObject({ receipt: '2026-12-04T23:59:59+01:00', 'assess-24h': '2026-11-28T09:00:00+01:00' });
    const acknowledge = mine.find(({ kind }) => kind === 'acknowledge') ?? expect.fail();
    const skipped = derivationOf(acknowledge).skipped.map(({ day, reason: why }) => `${day} ${why.da}`);
    expect(skipped).toContain('2026-11-30 Flyttedag, kommunal lukkedag');
  });
});
