import { afterAll, beforeAll, expect, test } from 'vitest';
import { isWorkday } from '#domain/calendar.ts';
import { calendarOf } from '#domain/regulations.ts';
import { atLocal, type Instant, instant, isBefore, localDay, withOffset } from '#domain/time.ts';
import { fromDate } from '#store/db.ts';
import cases from '#test/acceptance/ladder.json' with { type: 'json' };
import { actorsOf } from '#test/support/disputes.ts';
import { makeMunicipality, type TestMunicipality } from '#test/support/municipality.ts';
import { trainingOrganisation } from '#test/support/organisation.ts';
import { markReferralInError } from '#usecases/mark-referral-in-error.ts';
import { verifyJournal } from '#usecases/verify-journal.ts';

/**
 * Every worked case of the ladder in one municipality at work, each dispute raised at its instant and left alone: sweep,
 * outbox, queue and mail server have to do by the moved clock what `bindeled ladder` reckons.
 */
const [NORREBRO, VALBY] = ['bbu-norrebro', 'bbu-valby'];
const calendar = calendarOf(trainingOrganisation());

type Case = (typeof cases)[number];
let town: TestMunicipality;
const referralOf = new Map<string, string>();

/** 10:00 on the last workday before: taken by somebody while the unit is open, whenever the dispute begins. */
const prepared = (raised: Instant): Instant => {
  let day = localDay(raised).subtract({ days: 1 });
  while (!isWorkday(calendar, day)) day = day.subtract({ days: 1 });
  return atLocal(day, '10:00');
};
const endOf = ({ expect: { thenAt } }: Case): Instant => instant(thenAt.at(-1) ?? '').add({ minutes: 1 });
const inTurn = <Item>(items: readonly Item[], when: (item: Item) => Instant): Item[] =>
  items.toSorted((a, b) => (isBefore(when(a), when(b)) ? -1 : 1));

type Act = { readonly at: Instant; readonly act: () => Promise<unknown> };
/** What happens when, over all cases: they overlap. */
const agendaOf = (people: ReturnType<typeof actorsOf>): Act[] => {
  const id = (name: string): string => referralOf.get(name) ?? '';
  const acts = cases.flatMap((one): Act[] => {
    const { id: name, raised, acute } = one;
    const at = instant(raised);
    return [
      { at: prepared(at), act: async () => referralOf.set(name, await people.taken(acute)) },
      { at: at.subtract({ minutes: 1 }), act: () => people.offer(`caseworker-${NORREBRO}`, id(name), VALBY) },
      { at, act: () => people.refuse(`caseworker-${VALBY}`, id(name), NORREBRO) },
      { at: endOf(one), act: () => endNow(people, id(name)) },
    ];
  });
  return inTurn(acts, ({ at }) => at);
};

/** Closes it, so that nothing reminds of it while later cases run. */
const endNow = async (people: ReturnType<typeof actorsOf>, id: string) => {
  const { ownerUnitId } = await town.deps.db.referral.findUniqueOrThrow({ where: { id } });
  const by = ownerUnitId === NORREBRO ? `team-leader-${NORREBRO}` : 'team-leader-dognvagten';
  await markReferralInError(await people.by(by), { id, reason: 'Slut' });
};

let agenda: Act[] = [];
/** Everything up to then, each act at its instant and the jobs at each due one. */
const live = async (until: Instant): Promise<void> => {
  for (let [next] = agenda; next && !isBefore(until, next.at); [next] = agenda) {
    await town.moveTo(next.at);
    await next.act();
    agenda = agenda.slice(1);
  }
  await town.moveTo(until);
};

beforeAll(async () => {
  const begin = cases.map(({ raised }) => prepared(instant(raised)));
  town = await makeMunicipality(withOffset(inTurn(begin, (at) => at)[0] ?? expect.fail()));
  agenda = agendaOf(actorsOf(town));
});
afterAll(async () => {
  expect(await verifyJournal(town.systemCtx('2027-07-01T00:00:00Z'))).toMatchObject({ intact: true });
  await town.stop();
});

/** What the jobs did, in the words of the worked cases: begun when it was written, alarmed when the mail was taken. */
const happened = async (referralId: string) => {
  const kinds = ['dispute-raised', 'step-begun'];
  const begun = await town.deps.db.caseEvent.findMany({
    where: { referralId, kind: { in: kinds } },
    orderBy: { seq: 'asc' },
  });
  const alarms = (await town.mails()).filter(
    (mail) => mail.referralId === referralId && mail.alarm?.startsWith('ladder.'),
  );
  const steps = begun.map(({ registeredAt, data }) => ({
    startsAt: withOffset(fromDate(registeredAt)),
    ...(data as { step: number; endsAt: string }),
  }));
  const told = (step: number, wanted: (stage: string) => boolean): string[] => [
    ...new Set(
      alarms
        .filter(({ alarm }) => alarm?.startsWith(`ladder.${step} `) && wanted(alarm.split(' ')[1] ?? ''))
        .map(({ at }) => at),
    ),
  ];
  const ended = (endsAt: string) => (at: string) => !isBefore(instant(at), instant(endsAt));
  const last = steps.at(-1) ?? expect.fail();
  const unended = (stage: string): boolean => stage !== 'end';
  return {
    steps: steps.map(({ step, startsAt, endsAt }, index) => ({
      step,
      startsAt,
      alarmsAt: told(step, unended).filter((at) => !ended(endsAt)(at)),
      // A step is over when the next has begun, not when it said that it would be.
      endsAt: steps[index + 1]?.startsAt ?? endsAt,
    })),
    thenAt: told(last.step, unended).filter(ended(last.endsAt)),
  };
};

test.each(inTurn(cases, endOf))('$id', async (one) => {
  await live(endOf(one));
  expect(await happened(referralOf.get(one.id) ?? '')).toEqual(one.expect);
});
