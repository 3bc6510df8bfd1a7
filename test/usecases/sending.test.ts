import { afterAll, beforeAll, expect, test } from 'vitest';
import { instant } from '#domain/time.ts';
import { findSending } from '#store/sending.ts';
import { makeForm, makeMunicipality, type TestMunicipality } from '#test/support/municipality.ts';
import { recountSending } from '#test/support/recount-sending.ts';
import { CASEWORKER, tellersOf } from '#test/support/telling.ts';
import { liftWithholding } from '#usecases/lift-withholding.ts';
import { listInstitutionNotifications, readInstitution } from '#usecases/read-institution.ts';
import { readSending } from '#usecases/read-sending.ts';
import { suspectNotifier } from '#usecases/suspect-notifier.ts';

const LEADER = 'institution-leader-skole-norrebro';
const SCHOOL = 'skole-norrebro';
const reason = { reason: 'Kort' };

let town: TestMunicipality;
let people: ReturnType<typeof tellersOf>;
const ids: Record<string, string> = {};
beforeAll(async () => {
  town = await makeMunicipality('2026-11-03T10:00:00+01:00');
  people = tellersOf(town);
  const { decided, give, withheld, by } = people;
  ids.told = await decided();
  await give(ids.told);
  ids.withheld = await decided();
  await withheld(ids.withheld);
  ids.lifted = await decided('nothing');
  const feedbackId = await withheld(ids.lifted);
  await liftWithholding(await by(CASEWORKER), { id: ids.lifted, feedbackId, ...reason });
  ids.owed = await decided('investigation');
  ids.suspect = await decided();
  await suspectNotifier(await by(CASEWORKER), { id: ids.suspect, ...reason });
  await withheld(ids.suspect);
  ids.fresh = (await town.submit('notifier-skole-norrebro', makeForm())).referrals[0]?.id ?? '';
  for (let n = 0; n < 3; n += 1) await town.submit('school-social-worker-skole-valby', makeForm());
  await town.settle();
  await town.standAt('2026-11-13T10:00:00+01:00');
  await give(ids.owed);
  await town.settle();
});
afterAll(() => town.stop());

const now = () => town.deps.clock.now();
const whole = async () => {
  const from = instant('2026-01-01T00:00:00Z');
  return findSending(town.deps.db, town.systemCtx(await now()).scope, { from, until: await now() });
};

test('the report is what the journal tells: in time, late, withheld, silent', async () => {
  const counted = await whole();
  expect(counted).toEqual(await recountSending(town.deps.db, (await now()).epochMilliseconds));
  expect(counted.find(({ sender }) => sender === SCHOOL)).toEqual({
    ...{ sender: SCHOOL, sent: 6, inTime: 6, between: 0, late: 0, waiting: 0 },
    ...{ told: 1, toldLate: 1, withheld: 2, silent: 1, open: 0 },
  });
});

test('a leader sees of each that it was received and answered; nothing of the child, the text, the decision', async () => {
  const page = await listInstitutionNotifications(await people.by(LEADER), undefined);
  const answers = new Map<string, string>();
  for (const [name, id] of Object.entries(ids)) {
    const { notificationId } = await town.deps.db.referral.findUniqueOrThrow({ where: { id } });
    answers.set(name, page.items.find((one) => one.notificationId === notificationId)?.answered ?? 'not listed');
  }
  // Lifted stands as withheld until more is told; of a suspect's nothing is told, not even that there is more.
  expect(Object.fromEntries(answers)).toEqual({
    ...{ told: 'answered', withheld: 'withheld', lifted: 'withheld', owed: 'answered' },
    ...{ suspect: 'silent', fresh: 'silent' },
  });
  expect(page.items).toHaveLength(6);
  for (const item of page.items)
    expect(Object.keys(item).toSorted()).toEqual(['answered', 'by', 'notificationId', 'receipt', 'receivedAt']);
  const { counts } = await readInstitution(await people.by(LEADER));
  expect(counts).toEqual({ sent: 6, receipted: 6, answered: 2, withheld: 2, silent: 2 });
});

test('another school’s leader sees nothing of it, and whoever leads none is refused', async () => {
  const other = await listInstitutionNotifications(await people.by('institution-leader-skole-valby'), undefined);
  expect(other.items.map(({ by }) => by?.title)).toHaveLength(3);
  await expect(listInstitutionNotifications(await people.by(CASEWORKER), undefined)).rejects.toThrow('OUT_OF_SCOPE');
});

test('a coordinator is told no small count and none from which one follows; whoever leads the receiving units all', async () => {
  const shown = await readSending(await people.by('buf-sof-coordinator-sof-stab'), { days: 90 });
  const rows = shown.departments.flatMap((department) => department.rows);
  expect(rows.find(({ sender }) => sender === 'skole-valby')).toMatchObject({ sent: null, inTime: null });
  expect(rows.find(({ sender }) => sender === SCHOOL)).toMatchObject({
    sent: 6,
    inTime: 6,
    told: null,
    withheld: null,
  });
  expect([shown.sent, ...shown.departments.map(({ sent }) => sent)]).toEqual([null, null]);
  const area = await readSending(await people.by('area-manager-bbu'), { days: 90 });
  const all = area.departments.flatMap((department) => department.rows);
  expect(all.find(({ sender }) => sender === SCHOOL)).toMatchObject({ sent: 6, told: 1, withheld: 2, silent: 1 });
  const leader = await readSending(await people.by('team-leader-bbu-vesterbro'), { days: 90 });
  expect(leader.departments).toEqual([]);
});
