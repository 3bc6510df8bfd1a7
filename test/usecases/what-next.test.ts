import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Instant, instant, iso } from '#domain/time.ts';
import { whatNext, withoutRepeats } from '#domain/what-next.ts';
import { findOpenMatters } from '#store/matters.ts';
import { getReferral } from '#store/referrals.ts';
import { ACUTE, makeForm, makeMunicipality, type TestMunicipality } from '#test/support/municipality.ts';
import { acknowledgeReferral } from '#usecases/acknowledge-referral.ts';
import { declineHandover } from '#usecases/decline-handover.ts';
import { pauseClock } from '#usecases/pause-clock.ts';
import { proposeHandover } from '#usecases/propose-handover.ts';
import { readCase } from '#usecases/read-case.ts';
import { readDispute } from '#usecases/read-dispute.ts';
import { currentWorld } from '#usecases/world.ts';

const SENDER = 'school-social-worker-skole-norrebro';
const HANDLER = 'caseworker-bbu-norrebro';
const MOST = 500;

let town: TestMunicipality;
beforeEach(async () => {
  town = await makeMunicipality('2026-11-02T08:00:00+01:00');
});
afterEach(() => town.stop());

const now = (): Promise<Instant> => town.deps.clock.now();
const as = async (personId: string) => town.ctxFor(personId, await now());

const send = async (at: string, form: Record<string, unknown> = {}): Promise<string> => {
  await town.standAt(at);
  const { referrals } = await town.submit(SENDER, makeForm(form));
  await town.settle();
  return referrals[0]?.id ?? '';
};

const foreseen = async (id: string, until: string): Promise<string[]> => {
  const ctx = town.systemCtx(await now());
  const referral = await getReferral(town.deps.db, ctx.scope, id);
  const open = await findOpenMatters(town.deps.db, ctx.scope, id);
  const things = whatNext(referral, open, await currentWorld(ctx), ctx.now, { until: instant(until), most: MOST });
  const told = (thing: (typeof things)[number]): string =>
    thing.mails.map(({ to }) => ('person' in to ? to.person : 'unit' in to ? to.unit : 'notifier')).join();
  return things
    .flatMap((thing) =>
      thing.kind === 'alarm'
        ? [`${iso(thing.at)} alarm ${thing.clock} ${thing.stage} ${told(thing)}`]
        : thing.facts.map(({ kind }) => `${iso(thing.at)} ${kind}`),
    )
    .sort();
};

/** What the journal says that the system has done since: reminders with their receivers, and its own acts. */
const happened = async (id: string, since: Instant): Promise<string[]> => {
  const events = await town.deps.db.caseEvent.findMany({
    where: { referralId: id, registeredAt: { gt: new Date(since.epochMilliseconds) } },
    orderBy: { seq: 'asc' },
  });
  return events
    .filter(({ kind }) => kind !== 'receipt-delivered')
    .map(({ kind, occurredAt, data }) => {
      const { clock, stage, told } = data as { clock: string; stage: string; told?: string[] };
      const at = occurredAt.toISOString();
      return kind === 'alarm-raised' ? `${at} alarm ${clock} ${stage} ${told?.join()}` : `${at} ${kind}`;
    })
    .sort();
};

/** Foresees until an instant, lets the time come step by step, and compares. */
const foretold = async (id: string, until: string): Promise<string[]> => {
  const from = await now();
  const before = await foreseen(id, until);
  await town.moveTo(until);
  expect(await happened(id, from)).toEqual(before);
  return before;
};

describe('what is foreseen is what happens', () => {
  test('nobody takes an ordinary matter for a week: silence climbs, the 24 hours pass', async () => {
    const id = await send('2026-11-06T10:00:00+01:00');
    const lines = await foretold(id, '2026-11-13T10:00:00+01:00');
    expect(lines.filter((line) => / escalated$| step-begun$/.test(line))).toEqual([
      '2026-11-09T22:59:59.000Z escalated',
      '2026-11-11T22:59:59.000Z step-begun',
    ]);
  });

  test('an acute matter on Friday night: the duty unit, its silence, and the way back at opening', async () => {
    const id = await send('2026-11-06T20:00:00+01:00', ACUTE);
    const lines = await foretold(id, '2026-11-10T20:00:00+01:00');
    expect(lines).toContain('2026-11-09T07:00:00.000Z ownership-returned');
  });

  const proposed = async (): Promise<string> => {
    const id = await send('2026-11-02T09:00:00+01:00');
    const known = { unit: null, disability: false, elsewhere: false };
    await acknowledgeReferral(await as(HANDLER), { id, known, need: null });
    await proposeHandover(await as(HANDLER), { id, to: 'bbu-valby', reason: 'Flyttet' });
    return id;
  };

  test('a clock that rests begins again', async () => {
    const id = await proposed();
    const [clock] = await town.deps.db.deadline.findMany({ where: { referralId: id, kind: 'handover' } });
    await pauseClock(await as(HANDLER), {
      id,
      clockId: clock?.id ?? '',
      reason: 'agreed',
      until: instant('2026-11-05T00:00:00+01:00'),
    });
    const lines = await foretold(id, '2026-11-09T09:00:00+01:00');
    expect(lines).toContain('2026-11-04T23:00:00.000Z pause-ended');
  });

  test('a hand-over in dispute climbs', async () => {
    const id = await proposed();
    const refused = { instead: 'bbu-norrebro', basis: '§ 9', reason: 'Bor der' };
    await declineHandover(await as('caseworker-bbu-valby'), { id, ...refused });
    const climbs = await foretold(id, '2026-11-13T09:00:00+01:00');
    expect(climbs.filter((line) => line.endsWith('step-begun'))).toEqual([
      '2026-11-04T22:59:59.000Z step-begun',
      '2026-11-09T22:59:59.000Z step-begun',
    ]);
  });
});

test('the case and the dispute say it in words, the dispute only what is of the ownership', async () => {
  const id = await send('2026-11-06T10:00:00+01:00');
  const known = { unit: null, disability: false, elsewhere: false };
  await acknowledgeReferral(await as(HANDLER), { id, known, need: null });
  await proposeHandover(await as(HANDLER), { id, to: 'bbu-valby', reason: 'Flyttet' });
  const { next } = await readCase(await as(HANDLER), id);
  expect(next[0]).toEqual({
    at: '2026-11-06T14:00:00.000Z',
    kind: 'act',
    what: { da: 'Det afgøres igen, hvem der handler', en: 'It is decided again who acts' },
    detail: { da: 'Døgnvagten', en: 'Døgnvagten' },
    to: [{ title: 'Døgnvagten', heldUntil: null }],
  });
  // The end of the answer falls at midnight: those who may act on it hear of it when they open.
  const end = next.find(({ what, detail }) => what.da === 'Svar på overdragelse' && detail?.da === 'Fristen er nået.');
  expect(end?.at).toBe('2026-11-10T22:59:59.000Z');
  expect(end?.to.every(({ heldUntil }) => heldUntil === '2026-11-11T07:00:00.000Z')).toBe(true);
  const sides = await readDispute(await as('caseworker-bbu-valby'), id);
  if (sides.view !== 'matter') throw new Error('it is still open');
  expect(sides.next.map(({ what }) => what.da)).not.toContain('24-timers vurdering');
  // That it is looked at again who acts tells that nobody has assessed it.
  expect(sides.next.map(({ what }) => what.da)).not.toContain('Det afgøres igen, hvem der handler');
  expect(sides.next.map(({ what }) => what.da)).toContain('Svar på overdragelse');
});

test('reminders that repeat are shown once', async () => {
  const id = await send('2026-11-06T10:00:00+01:00');
  const ctx = town.systemCtx(await now());
  const referral = await getReferral(town.deps.db, ctx.scope, id);
  const open = await findOpenMatters(town.deps.db, ctx.scope, id);
  const until = instant('2026-11-30T10:00:00+01:00');
  const things = whatNext(referral, open, await currentWorld(ctx), ctx.now, { until, most: MOST });
  const after = withoutRepeats(things).filter((thing) => thing.kind === 'alarm' && thing.stage === 'after');
  expect(new Set(after.map(({ clock }) => clock)).size).toBe(after.length);
  expect(after.length).toBeGreaterThan(0);
});
