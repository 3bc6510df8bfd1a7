import { afterEach, beforeEach, expect, test } from 'vitest';
import { openTimeBetween } from '#domain/opening-hours.ts';
import { unitOf } from '#domain/organisation-tree.ts';
import { instant } from '#domain/time.ts';
import { administrator } from '#test/support/administrators.ts';
import { ACUTE, makeForm, makeMunicipality, type TestMunicipality } from '#test/support/municipality.ts';
import { journalKinds, referralState } from '#test/support/referral-state.ts';
import { acceptHandover } from '#usecases/accept-handover.ts';
import { acknowledgeReferral } from '#usecases/acknowledge-referral.ts';
import { decideChange } from '#usecases/decide-change.ts';
import { proposeChange } from '#usecases/propose-change.ts';
import { proposeHandover } from '#usecases/propose-handover.ts';
import { readChange } from '#usecases/read-setup.ts';
import { currentWorld } from '#usecases/world.ts';

// Nørrebro is open Monday-Wednesday 8-16, Thursday 8-17, Friday 8-15.
const UNIT = 'bbu-norrebro';
const DUTY = 'dognvagten';
const SENDER = 'school-social-worker-skole-norrebro';
const MONDAY = '2026-11-02';
const MIDNIGHT = `${MONDAY}T00:00:00+01:00`;
const at = (time: string, day = MONDAY): string => `${day}T${time}+01:00`;

let town: TestMunicipality;
beforeEach(async () => {
  town = await makeMunicipality(at('08:00:00'));
});
afterEach(() => town.stop());

const send = async (when: string, overrides: Record<string, unknown> = {}): Promise<string> => {
  await town.standAt(when);
  const { referrals } = await town.submit(SENDER, makeForm(overrides));
  await town.settle();
  return referrals[0]?.id ?? '';
};
const state = (id: string) => referralState(town.deps.db, id);
type Periods = readonly { readonly from: string; readonly to: string }[];
const propose = async (when: string, more: { to?: string; periods?: Periods; from?: string } = {}) => {
  const payload = { what: 'opening-exception', units: [UNIT], from: MONDAY, to: MONDAY, periods: [], ...more };
  const asked = { ...payload, reason: 'Vandskade', source: 'centerchefen' };
  return proposeChange(administrator(town, 'anna', when), { kind: 'regulations', payload: asked, note: 'Haster' });
};
/** Shown at one time, confirmed at another. */
const confirm = async (id: string, shownAt: string, when: string): Promise<void> => {
  const { dryRun, stateVersion } = await readChange(administrator(town, 'bo', shownAt), id);
  const digest = dryRun?.digest ?? null;
  await decideChange(administrator(town, 'bo', when), { id, stateVersion, digest, answer: 'confirm', reason: null });
};
const openHours = async (from: string, until: string): Promise<number> => {
  const { organisation, calendar } = await currentWorld(town.systemCtx(MIDNIGHT));
  return openTimeBetween(unitOf(organisation, UNIT), calendar, instant(from), instant(until)) / 3_600_000;
};

test('closed from the minute it is confirmed: what has been stays, open matters are reviewed at once', async () => {
  const acute = await send(at('09:30:00'), ACUTE);
  const plain = await send(at('09:40:00'));
  expect(await state(acute)).toMatchObject({ owner: UNIT, running: { closing: at('16:00:00') } });
  const { id } = await propose(at('10:00:00'), { to: '2026-11-03' });
  await town.standAt(at('10:06:20'));
  // Minutes have passed since it was shown: it is the same change.
  await confirm(id, at('10:03:10'), at('10:06:20'));
  expect(await openHours(at('00:00:00'), at('23:00:00'))).toBeCloseTo(2 + 7 / 60, 9);
  expect(await openHours(at('00:00:00', '2026-11-03'), at('23:00:00', '2026-11-03'))).toBe(0);
  expect(await state(acute)).toMatchObject({ owner: UNIT, running: { closing: at('10:07:00') } });
  await town.moveTo(at('10:07:00'));
  expect(await state(acute)).toMatchObject({
    owner: DUTY,
    responsible: UNIT,
    provisional: 'acute-while-closed',
    running: { opening: at('08:00:00', '2026-11-04') },
  });
  // Open on neither day before the 24 hours end: the duty unit assesses.
  expect(await state(plain)).toMatchObject({ owner: UNIT, assessment: DUTY });
  expect(await journalKinds(town.deps.db, plain)).toContain('reviewed-at-closing');
  await town.moveTo(at('08:00:00', '2026-11-04'));
  expect(await state(acute)).toMatchObject({ owner: UNIT, provisional: null });
});

test('confirmed at night for the day that comes: what was looked at by yesterday’s hours is looked at again', async () => {
  const id = await send(at('15:00:00'));
  await town.moveTo(at('20:00:00'));
  expect(await state(id)).toMatchObject({ assessment: null });
  const tomorrow = '2026-11-03';
  const change = await propose(at('20:00:00'), { from: tomorrow, to: tomorrow });
  await confirm(change.id, at('20:01:00'), at('20:02:00'));
  await town.moveTo(at('20:02:00'));
  expect(await state(id)).toMatchObject({ owner: UNIT, assessment: DUTY });
});

test('opened in the evening, what the duty unit holds comes back in the minute it begins', async () => {
  const id = await send(at('18:00:00'), ACUTE);
  expect(await state(id)).toMatchObject({ owner: DUTY, running: { opening: at('08:00:00', '2026-11-03') } });
  const change = await propose(at('18:10:00'), { periods: [{ from: '08:00', to: '20:00' }] });
  await town.standAt(at('18:12:30'));
  await confirm(change.id, at('18:11:00'), at('18:12:30'));
  // The day as it was, and from 18:13 as decided.
  expect(await openHours(at('00:00:00'), at('23:00:00'))).toBeCloseTo(8 + 107 / 60, 9);
  await town.moveTo(at('18:13:00'));
  expect(await state(id)).toMatchObject({ owner: UNIT, provisional: null });
});

test('work proposed back: the receiver still has all its opening hours when a day of them is taken away', async () => {
  const id = await send(at('09:00:00'));
  const as = async (person: string) => town.ctxFor(person, await town.deps.clock.now());
  const known = { unit: null, disability: false, elsewhere: false };
  await acknowledgeReferral(await as('caseworker-bbu-norrebro'), { id, known, need: null });
  await proposeHandover(await as('caseworker-bbu-norrebro'), { id, to: 'bbu-valby', reason: 'Flyttet' });
  await acceptHandover(await as('caseworker-bbu-valby'), { id });
  await town.standAt(at('14:00:00'));
  await proposeHandover(await as('caseworker-bbu-valby'), { id, to: UNIT, reason: 'Flyttet tilbage' });
  // Two hours on Monday, two on Tuesday.
  expect((await state(id)).running['return-check']).toBe(at('10:00:00', '2026-11-03'));
  const change = await propose(at('15:00:00'), { from: '2026-11-03', to: '2026-11-03' });
  await town.standAt(at('15:02:00'));
  await confirm(change.id, at('15:01:00'), at('15:02:00'));
  expect((await state(id)).running['return-check']).toBe(at('10:00:00', '2026-11-04'));
  await town.moveTo(at('12:00:00', '2026-11-03'));
  expect(await journalKinds(town.deps.db, id)).not.toContain('dispute-raised');
});

test('a day that has been cannot be opened or closed; another day than when it was proposed is too late', async () => {
  const fields = await propose(at('10:00:00'), { from: '2026-11-01' }).catch((one) => one.fields);
  expect(fields).toMatchObject([{ path: 'change.from', code: 'past-date' }]);
  const { id } = await propose(at('10:00:00'));
  const { dryRun, problem } = await readChange(administrator(town, 'bo', at('08:00:00', '2026-11-03')), id);
  expect(dryRun).toBeNull();
  expect(problem?.en).toBe('Holds from: cannot be a day that has been.');
});
