import { afterEach, beforeEach, expect, test } from 'vitest';
import { ladderOf, reminderAfter } from '#domain/ladder.ts';
import { isOpen } from '#domain/opening-hours.ts';
import type { OwnerCard } from '#domain/owner-card.ts';
import { deliveredWorld } from '#domain/regulations.ts';
import { decidersOf } from '#domain/speakers.ts';
import { type Instant, instant, isBefore, localDay, withOffset } from '#domain/time.ts';
import { toDispute } from '#store/matters.ts';
import { makeMunicipality, type TestMunicipality } from '#test/support/municipality.ts';
import { trainingOrganisation } from '#test/support/organisation.ts';
import { referralState } from '#test/support/referral-state.ts';
import { times } from '#test/support/size.ts';
import { walkClock } from '#training/clock.ts';
import { acknowledgeReferral } from '#usecases/acknowledge-referral.ts';
import { decideDispute } from '#usecases/decide-dispute.ts';
import { readDispute } from '#usecases/read-dispute.ts';
import { registerInquiry } from '#usecases/register-inquiry.ts';
import { tellResponsible } from '#usecases/tell-responsible.ts';
import { verifyJournal } from '#usecases/verify-journal.ts';

const BUF = 'buf-modtagelse';
const INTAKE = `intake-${BUF}`;
const DIRECTOR = 'director-buf-fagligt-center';
/** Beside every due instant somebody looks this often, at any hour of day and night, on weekdays and on Sundays. */
const LOOK_EVERY = { minutes: times(31 * 60 + 7, 5 * 60 + 7) };

/** The ombudsman's case: a mother asks for a school for her son, and for five months nobody answers. */
const boy = (acute: boolean) => ({
  child: { name: 'Barn', identity: 'known', cpr: '0144184001', address: { postalCode: '2200' } },
  need: 'school-place',
  acute,
  text: 'Min søn har ikke noget skoletilbud.',
});

const organisation = trainingOrganisation();
const world = deliveredWorld(organisation);
let town: TestMunicipality;
beforeEach(async () => {
  town = await makeMunicipality('2026-11-02T10:00:00+01:00');
});
afterEach(async () => {
  expect(await verifyJournal(town.systemCtx('2027-06-01T00:00:00Z'))).toMatchObject({ intact: true });
  await town.stop();
});

const disputeOf = async (id: string) => {
  const row = await town.deps.db.dispute.findFirst({ where: { referralId: id, state: 'open' } });
  return row ? toDispute(row as unknown as Parameters<typeof toDispute>[0]) : null;
};

/** The card as everybody sees it who may: whoever registered and owns it, and those who may decide. */
const cardsAt = async (id: string, at: Instant): Promise<OwnerCard[]> => {
  const { owner } = await referralState(town.deps.db, id);
  const own = await Promise.all(
    [...new Set([INTAKE, owner === BUF ? INTAKE : `duty-officer-${owner}`])].map(async (person) => {
      const answer = await tellResponsible(town.ctxFor(person, at), id);
      if (answer.view !== 'unit') throw new Error(`${person} does not see the card`);
      return answer.card;
    }),
  );
  const dispute = await disputeOf(id);
  const deciders = dispute ? decidersOf(dispute, organisation, localDay(at)) : [];
  const theirs = await Promise.all(
    deciders.map(async (person) => {
      const seen = await readDispute(town.ctxFor(person, at), id);
      if (seen.view !== 'matter') throw new Error(`${person} does not see the card`);
      return seen.owner;
    }),
  );
  return [...own, ...theirs];
};

/** Walks through every due instant and looks there and in between; answers how many cards were seen. */
const lookUntil = async (id: string, end: string, expected: (card: OwnerCard, at: Instant) => void) => {
  const { db } = town.deps;
  let [seen, now] = [0, await town.deps.clock.now()];
  while (isBefore(now, instant(end))) {
    const next = now.add(LOOK_EVERY);
    await walkClock(db, town.jobs, now, next, async (at) => {
      const cards = await cardsAt(id, at);
      for (const card of cards) {
        const unit = organisation.units.get(card.unit.id);
        expect(card.unit, withOffset(at)).toEqual({ id: unit?.id, name: unit?.name, phone: unit?.phone, onDuty: [] });
        expect(card.unit.phone, withOffset(at)).toMatch(/^\+45( \d\d){4}$/);
        expect(card.department.da, withOffset(at)).toMatch(/forvaltningen$/);
        expect(card.next, withOffset(at)).not.toBeNull();
        expect(card.provisional === null, withOffset(at)).toBe(card.unit.id === card.responsibleUnit.id);
        expected(card, at);
      }
      seen += cards.length;
    });
    now = next;
  }
  return seen;
};

const factsOf = async (id: string, kind: string) =>
  (await town.deps.db.caseEvent.findMany({ where: { referralId: id, kind }, orderBy: { seq: 'asc' } })).map(
    ({ data }) => data as Record<string, unknown>,
  );
const remindersOf = async (kind: string) => {
  const mails = (await town.mails()).filter(({ alarm }) => alarm === `${kind} after`);
  return [...new Set(mails.map(({ at, to }) => `${at} ${to}`))];
};

test('a boy without a school place, and nobody answers: it climbs by itself, and there is always whom to call', {
  timeout: times(240_000, 1_200_000),
}, async () => {
  const { id } = await registerInquiry(town.ctxFor(INTAKE, await town.deps.clock.now()), boy(false));
  const end = '2027-04-02T10:00:00+02:00';
  const seen = await lookUntil(id, end, (card) => {
    expect(card).toMatchObject({ unit: { id: BUF }, handler: null, provisional: null });
  });
  expect(seen).toBeGreaterThan(500);

  const raised = '2026-11-03T23:59:59+01:00';
  const [escalated] = await factsOf(id, 'escalated');
  const ladder = ladderOf(instant(raised), false, world);
  expect(escalated).toMatchObject({
    awaited: 'acknowledge',
    step: 1,
    endsAt: withOffset(ladder.steps[0]?.endsAt ?? instant(raised)),
  });
  expect((await factsOf(id, 'step-begun')).map(({ step, startsAt, endsAt }) => ({ step, startsAt, endsAt }))).toEqual(
    ladder.steps
      .slice(1)
      .map(({ step, startsAt, endsAt }) => ({ step, startsAt: withOffset(startsAt), endsAt: withOffset(endsAt) })),
  );

  // Past the last step the director is reminded each workday, over Christmas, into spring.
  const [last, lastStep] = [ladder.steps.at(-1), organisation.ladder.at(-1)];
  if (!last || !lastStep) throw new Error('no ladder');
  const now = await town.deps.clock.now();
  const planned: string[] = [];
  const times = { startsAt: last.startsAt, endedAt: last.endsAt };
  for (
    let at = reminderAfter(lastStep, times, world, last.endsAt);
    !isBefore(now, at);
    at = reminderAfter(lastStep, times, world, at)
  ) {
    planned.push(`${withOffset(at)} ${DIRECTOR}`);
  }
  expect(planned.slice(0, 3)).toEqual(ladder.thenAt.map((at) => `${withOffset(at)} ${DIRECTOR}`));
  expect(planned.length).toBeGreaterThan(75);
  expect(await remindersOf('ladder.4')).toEqual(planned);

  // It ends when somebody who may decide names the owner: the ladder stands still, and the unit has its time again.
  await decideDispute(town.ctxFor(DIRECTOR, now), { id, owner: BUF, basis: 'folkeskoleloven', reason: 'Jeres.' });
  expect(await disputeOf(id)).toBeNull();
  const { running, ended } = await referralState(town.deps.db, id);
  expect(Object.keys(running)).toEqual(['acknowledge']);
  expect(ended).toContain('ladder.4 met');
  await town.moveTo(now.add({ hours: 20 }));
  expect(await remindersOf('ladder.4')).toEqual(planned);
});

test('acute on a Friday afternoon when BUF has closed: the duty unit answers the phone, until the act is done', async () => {
  await town.standAt('2026-11-06T15:30:00+01:00');
  const { id } = await registerInquiry(town.ctxFor(INTAKE, await town.deps.clock.now()), boy(true));
  const { calendar } = world;
  const home = organisation.units.get(BUF);
  const rules = new Set<string | null>();
  await lookUntil(id, '2026-11-10T12:00:00+01:00', (card, at) => {
    rules.add(card.provisional?.rule ?? null);
    expect(card.responsibleUnit.id).toBe(BUF);
    expect(card.unit.id, withOffset(at)).toBe(home && isOpen(home, calendar, at) ? BUF : 'dognvagten');
    if (card.provisional) expect(card.provisional.why.da).toMatch(/\w.*\.$/);
  });
  expect([...rules].sort()).toEqual(expect.arrayContaining(['acute-while-closed', null]));
  expect(await disputeOf(id)).toMatchObject({ kind: 'escalation', awaited: 'acknowledge' });
  const known = { unit: null, disability: false, elsewhere: false };
  const { owner } = await referralState(town.deps.db, id);
  const taker = owner === BUF ? INTAKE : `duty-officer-${owner}`;
  await acknowledgeReferral(town.ctxFor(taker, await town.deps.clock.now()), { id, known, need: 'school-place' });
  expect(await disputeOf(id)).toBeNull();
}, 120_000);
