import { afterEach, beforeEach, expect, test } from 'vitest';
import { mintScope } from '#domain/scope.ts';
import { withOffset } from '#domain/time.ts';
import { startJobs } from '#jobs/main.ts';
import { fromDate } from '#store/db.ts';
import { ACUTE, makeForm, makeMunicipality, type TestMunicipality } from '#test/support/municipality.ts';
import { journalKinds, lastFact, referralState } from '#test/support/referral-state.ts';
import { acknowledgeReferral } from '#usecases/acknowledge-referral.ts';
import { declineHandover } from '#usecases/decline-handover.ts';
import { proposeHandover } from '#usecases/propose-handover.ts';
import { readCase } from '#usecases/read-case.ts';
import { readHealth } from '#usecases/read-health.ts';

const SENDER = 'school-social-worker-skole-norrebro';
const HANDLER = 'caseworker-bbu-norrebro';
const OTHER = 'caseworker-bbu-valby';
const STOPPED = '2026-11-06T14:00:00+01:00';
const STARTED = '2026-11-09T14:00:00+01:00';

let town: TestMunicipality;
beforeEach(async () => {
  town = await makeMunicipality('2026-11-04T09:00:00+01:00');
});
afterEach(() => town.stop());

const as = async (personId: string) => town.ctxFor(personId, await town.deps.clock.now());
const send = async (form: Record<string, unknown> = {}): Promise<string> =>
  (await town.submit(SENDER, makeForm(form))).referrals[0]?.id ?? '';
const taken = async (): Promise<string> => {
  const id = await send();
  const known = { unit: null, disability: false, elsewhere: false };
  await acknowledgeReferral(await as(HANDLER), { id, known, need: null });
  return id;
};
const proposed = async (): Promise<string> => {
  const id = await taken();
  await proposeHandover(await as(HANDLER), { id, to: 'bbu-valby', reason: 'Flyttet' });
  return id;
};

/** A jobs process of its own over the same database, until it has nothing left to do. */
const runJobs = async (): Promise<void> => {
  const jobs = await startJobs({ queueUrl: town.databaseUrl, smtpUrl: town.catcher.url, deps: town.deps });
  await jobs.settle();
  await jobs.stop();
};

const eventsOf = (referralId: string) =>
  town.deps.db.caseEvent.findMany({ where: { referralId }, orderBy: { seq: 'asc' } });
const sinceStart = async (id: string) =>
  (await eventsOf(id)).filter(({ registeredAt }) => registeredAt >= new Date(STARTED));

test('three days without jobs: each missed thing once, in order, ladders whole, the outage on record', async () => {
  // Proposed and declined on Wednesday: the answer and the dispute's first step both end on Friday 23:59:59.
  const unanswered = await proposed();
  const disputed = await proposed();
  const refused = { instead: 'bbu-norrebro', basis: '§ 9', reason: 'Bor der' };
  await declineHandover(await as(OTHER), { id: disputed, ...refused });
  await town.moveTo('2026-11-06T10:00:00+01:00');
  const untaken = await send();
  await town.moveTo(STOPPED);
  await town.jobs.stop();

  // People go on while nothing runs by itself.
  await town.standAt('2026-11-07T10:00:00+01:00');
  const night = await send(ACUTE);
  await town.standAt(STARTED);
  await runJobs();

  const outages = await town.deps.db.outage.findMany();
  expect(outages.map(({ fromAt, untilAt }) => [withOffset(fromDate(fromAt)), withOffset(fromDate(untilAt))])).toEqual([
    [STOPPED, STARTED],
  ]);
  expect(outages[0]?.overdue).toBeGreaterThan(8);

  // The ladder went up one step, which has its whole time: three workdays from Monday's notice.
  expect((await referralState(town.deps.db, disputed)).running['ladder.2']).toBe('2026-11-12T23:59:59+01:00');
  expect(await lastFact(town.deps.db, disputed, 'step-begun')).toMatchObject({
    step: 2,
    outage: { from: '2026-11-06T23:59:59+01:00', until: STARTED },
  });
  // Silence was escalated, once, and begins its own ladder now: two workdays.
  expect((await journalKinds(town.deps.db, unanswered)).filter((kind) => kind === 'escalated')).toEqual(['escalated']);
  expect((await referralState(town.deps.db, unanswered)).running['ladder.1']).toBe('2026-11-11T23:59:59+01:00');
  // What the duty unit held over the weekend went to the unit whose it is.
  expect(await referralState(town.deps.db, night)).toMatchObject({ owner: 'bbu-norrebro', provisional: null });

  for (const id of [unanswered, disputed, untaken, night]) {
    const events = await sinceStart(id);
    const alarms = events.filter(({ kind }) => kind === 'alarm-raised').map(({ data }) => data as { clock: string });
    // However many alarms a clock missed, one is told.
    expect(new Set(alarms.map(({ clock }) => clock)).size).toBe(alarms.length);
    const late = events
      .map(({ data }) => data as { planned?: string; outage?: unknown })
      .flatMap(({ planned }) => (planned === undefined ? [] : [planned]));
    expect(late).toEqual(late.toSorted());
  }
  // The closing of Friday 15:00 came first: what fell due later waited until the system had acted on it.
  expect((await sinceStart(untaken)).map(({ kind }) => kind).slice(0, 2)).toEqual([
    'late-by-outage',
    'reviewed-at-closing',
  ]);
  const { timeline } = await readCase(await as('team-leader-bbu-norrebro'), untaken);
  const told = timeline.find(({ kind }) => kind === 'alarm-raised');
  expect(told?.detail?.da).toMatch(/For sent efter et driftsstop\. Skulle være sket .*november 2026/);

  // The receipts that could not leave have left, each once.
  const receipts = (await town.mails()).filter(({ template }) => template === 'receipt');
  expect(receipts).toHaveLength(4);

  const scope = mintScope({ personId: null, unitIds: 'all' });
  expect((await readHealth(town.deps, scope)).lastOutage).toMatchObject({
    from: '2026-11-06T13:00:00.000Z',
    until: '2026-11-09T13:00:00.000Z',
  });

  // A second start at the same instant finds nothing that was not done.
  const before = await town.deps.db.caseEvent.count();
  await runJobs();
  expect(await town.deps.db.caseEvent.count()).toBe(before);
  expect(await town.deps.db.outage.count()).toBe(1);
});

test('a jobs process that is away while nothing falls due is no outage', async () => {
  await town.settle();
  await town.jobs.stop();
  await town.standAt('2026-11-04T20:00:00+01:00');
  await runJobs();
  expect(await town.deps.db.outage.count()).toBe(0);
});
