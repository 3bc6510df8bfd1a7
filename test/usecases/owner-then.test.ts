import { afterEach, beforeEach, expect, test } from 'vitest';
import { instant, iso } from '#domain/time.ts';
import { actorsOf } from '#test/support/disputes.ts';
import { ACUTE, makeForm, makeMunicipality, type TestMunicipality } from '#test/support/municipality.ts';
import { acceptHandover } from '#usecases/accept-handover.ts';
import { assignReferral } from '#usecases/assign-referral.ts';
import { decideDispute } from '#usecases/decide-dispute.ts';
import { readDispute } from '#usecases/read-dispute.ts';
import { tellOwnerThen } from '#usecases/tell-owner-then.ts';
import { tellResponsible } from '#usecases/tell-responsible.ts';

const [NORREBRO, VALBY] = ['bbu-norrebro', 'bbu-valby'];
const SENDER = 'school-social-worker-skole-norrebro';
const DUTY = 'duty-officer-dognvagten';
/** A Friday night: the unit opens on Monday. */
const AT = '2026-11-06T22:00:00+01:00';

let town: TestMunicipality;
let people: ReturnType<typeof actorsOf>;
beforeEach(async () => {
  town = await makeMunicipality(AT);
  people = actorsOf(town);
});
afterEach(() => town.stop());

const arrived = async (): Promise<string> => (await town.submit(SENDER, makeForm(ACUTE))).referrals[0]?.id ?? '';
const refused = (code: string) => expect.objectContaining({ code });

/** Everything but what a clock's later end or a person's later absence would change. */
const present = async (who: string, id: string) => {
  const told = await tellResponsible(await people.by(who), id);
  if (told.view !== 'unit') throw new Error(told.view);
  return told.card;
};

test('what the card said then is what is answered later, through the night, a hand-over and a dispute', async () => {
  const id = await arrived();
  const seen: { at: string; card: Awaited<ReturnType<typeof present>> }[] = [];
  const look = async (who: string, at: string) => {
    await town.moveTo(at);
    seen.push({ at, card: await present(who, id) });
    // What is done at the very instant is part of how it was then.
    await town.moveTo(iso(instant(at).add({ minutes: 1 })));
  };
  await look(DUTY, '2026-11-06T22:05:00+01:00');
  await look(`intake-${NORREBRO}`, '2026-11-09T08:05:00+01:00');
  await people.take(`intake-${NORREBRO}`, id);
  await look(`intake-${NORREBRO}`, '2026-11-09T08:10:00+01:00');
  await assignReferral(await people.by(`intake-${NORREBRO}`), { id, personId: `caseworker-${NORREBRO}` });
  await look(`intake-${NORREBRO}`, '2026-11-09T08:20:00+01:00');
  await people.offer(`caseworker-${NORREBRO}`, id, VALBY);
  await people.refuse(`caseworker-${VALBY}`, id, NORREBRO);
  await look(`intake-${NORREBRO}`, '2026-11-09T08:40:00+01:00');
  const ctx = await people.by('buf-sof-coordinator-sof-stab');
  await decideDispute(ctx, { id, owner: VALBY, basis: '§ 9', reason: 'Bopæl' });
  await look(`intake-${VALBY}`, '2026-11-09T08:50:00+01:00');
  await people.take(`intake-${VALBY}`, id);
  await look(`intake-${VALBY}`, '2026-11-09T09:00:00+01:00');
  await people.offer(`intake-${VALBY}`, id, 'bbu-bhv');
  await acceptHandover(await people.by('caseworker-bbu-bhv'), { id });
  await look('caseworker-bbu-bhv', '2026-11-09T09:10:00+01:00');
  expect(
    seen.map(({ card }) => `${card.unit.id} for ${card.responsibleUnit.id}: ${card.handler?.id ?? 'nobody'}`),
  ).toEqual([
    `dognvagten for ${NORREBRO}: nobody`,
    `${NORREBRO} for ${NORREBRO}: nobody`,
    `${NORREBRO} for ${NORREBRO}: intake-${NORREBRO}`,
    `${NORREBRO} for ${NORREBRO}: caseworker-${NORREBRO}`,
    `${NORREBRO} for ${NORREBRO}: caseworker-${NORREBRO}`,
    `${VALBY} for ${VALBY}: nobody`,
    `${VALBY} for ${VALBY}: intake-${VALBY}`,
    'bbu-bhv for bbu-bhv: caseworker-bbu-bhv',
  ]);
  expect(seen[0]?.card.provisional).toMatchObject({ rule: 'acute-while-closed', until: '2026-11-09T07:00:00.000Z' });
  await town.moveTo('2026-11-09T09:30:00+01:00');
  for (const { at, card } of seen) {
    const then = await tellOwnerThen(await people.by('caseworker-bbu-bhv'), { id, at: instant(at) });
    expect(then.card, at).toEqual(card);
  }
});

test('is for whoever may open the case: not for its notifier, a side of a dispute, or a unit that had it', async () => {
  const id = await arrived();
  await town.moveTo('2026-11-09T08:05:00+01:00');
  const at = instant('2026-11-07T10:00:00+01:00');
  const asked = async (who: string) => tellOwnerThen(await people.by(who), { id, at });
  expect((await asked(`intake-${NORREBRO}`)).card?.unit.id).toBe('dognvagten');
  await people.take(`intake-${NORREBRO}`, id);
  await people.offer(`caseworker-${NORREBRO}`, id, VALBY);
  await people.refuse(`caseworker-${VALBY}`, id, NORREBRO);
  for (const who of [SENDER, `caseworker-${VALBY}`, DUTY, 'buf-sof-coordinator-sof-stab']) {
    await expect(asked(who), who).rejects.toEqual(refused('NOT_FOUND'));
  }
  // They have their own views of the present.
  expect(await tellResponsible(await people.by(SENDER), id)).toMatchObject({ view: 'notifier' });
  expect(await readDispute(await people.by(`caseworker-${VALBY}`), id)).toMatchObject({ view: 'matter' });
});

test('nobody is told of the future, and nobody had it before it arrived', async () => {
  const id = await arrived();
  const asked = async (at: string) => tellOwnerThen(await people.by(DUTY), { id, at: instant(at) });
  await expect(asked('2026-11-07T10:00:00+01:00')).rejects.toEqual(refused('INVALID'));
  expect(await asked('2026-11-06T21:00:00+01:00')).toEqual({ at: '2026-11-06T20:00:00.000Z', card: null });
});
