import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DomainError } from '#domain/errors.ts';
import { instant } from '#domain/time.ts';
import { administrator } from '#test/support/administrators.ts';
import { makeWorld, type TestWorld } from '#test/support/context.ts';
import { makeForm } from '#test/support/municipality.ts';
import { acknowledgeReferral } from '#usecases/acknowledge-referral.ts';
import { assessReferral } from '#usecases/assess-referral.ts';
import { changeMeasure } from '#usecases/change-measure.ts';
import { decideChange } from '#usecases/decide-change.ts';
import { decideReferral } from '#usecases/decide-referral.ts';
import { proposeChange } from '#usecases/propose-change.ts';
import { readCase } from '#usecases/read-case.ts';
import { readFormChoices } from '#usecases/read-form-choices.ts';
import { readChange } from '#usecases/read-setup.ts';
import { registerNotification } from '#usecases/register-notification.ts';
import { startMeasure } from '#usecases/start-measure.ts';
import { submitNotification } from '#usecases/submit-notification.ts';

const SENDER = 'school-social-worker-skole-norrebro';
const INTAKE = 'intake-bbu-norrebro';
const TUESDAY = '2026-11-10T09:00:00+01:00';
const DECEMBER = '2026-12-01T09:00:00+01:00';
const source = 'direktionen';
const reason = { reason: 'Kort' };
const NOT_KNOWN = { known: { unit: null, disability: false, elsewhere: false }, need: null };

let world: TestWorld;
beforeAll(async () => {
  world = await makeWorld();
});
afterAll(() => world.drop());

const confirmed = async (payload: Record<string, unknown>, when = TUESDAY): Promise<void> => {
  const asked = { kind: 'regulations', payload, note: 'Aftalt' };
  const { id } = await proposeChange(administrator(world, 'anna', when), asked);
  const { dryRun, stateVersion } = await readChange(administrator(world, 'bo', when), id);
  expect(dryRun?.moves).toEqual([]);
  const digest = dryRun?.digest ?? null;
  await decideChange(administrator(world, 'bo', when), { id, stateVersion, digest, answer: 'confirm', reason: null });
};
const concern = (...reasons: string[]) => makeForm({ concern: { narrative: 'Kort', reasons } });
const send = async (form: Record<string, unknown>, when: string): Promise<string> => {
  const { referrals } = await submitNotification(world.ctxFor(SENDER, when), form);
  return referrals[0]?.id ?? expect.fail();
};
const fieldsOf = async (work: Promise<unknown>): Promise<string[]> => {
  const error = (await work.then(() => expect.fail('not refused')).catch((one: unknown) => one)) as DomainError;
  expect(error).toMatchObject({ code: 'INVALID' });
  return (error.fields ?? []).map(({ path, code, da }) => `${path} ${code}: ${da}`);
};
const ENDED = 'bruges ikke på den dag. Vælg en anden på listen.';

test('proposed and confirmed, a code is offered and taken from its day on; an ended one is refused by its field', async () => {
  const old = await send(concern('child-crime'), TUESDAY);
  const add = { what: 'add-code', list: 'reasons', number: null, group: 'child', paragraph: null, source };
  await confirmed({ ...add, da: 'Spil om penge', en: 'Gambling', from: '2026-12-01' });
  await confirmed({ what: 'end-code', list: 'reasons', code: 'child-crime', until: '2026-12-01', source });

  const { codes } = await readFormChoices(world.ctxFor(SENDER, TUESDAY));
  expect(codes.reasons.at(-1)).toEqual({
    code: 'gambling-2026-12-01',
    group: 'child',
    da: 'Spil om penge',
    en: 'Gambling',
    from: '2026-12-01',
    until: null,
  });
  await send(concern('child-crime'), TUESDAY);
  expect(await fieldsOf(send(concern('gambling-2026-12-01'), TUESDAY))).toEqual([
    `concern.reasons not-in-use: Årsagerne: ${ENDED}`,
  ]);
  await send(concern('gambling-2026-12-01'), DECEMBER);
  expect(await fieldsOf(send(concern('other', 'child-crime'), DECEMBER))).toEqual([
    `concern.reasons not-in-use: Årsagerne: ${ENDED}`,
  ]);
  // What reached the municipality while the code was in use is registered with it later.
  const receivedAt = instant('2026-11-30T16:00:00+01:00');
  await registerNotification(world.ctxFor(INTAKE, DECEMBER), {
    channel: 'phone',
    receivedAt,
    notification: concern('child-crime'),
  });
  const { notification } = await readCase(world.ctxFor(INTAKE, DECEMBER), old);
  expect(notification?.concern.reasons).toEqual(['child-crime']);
  const later = await readFormChoices(world.ctxFor(INTAKE, DECEMBER));
  expect(later.codes.reasons.find(({ code }) => code === 'child-crime')).toMatchObject({ da: 'Barnets kriminalitet' });
});

test('an ended notifier code is refused as one that is not in use', async () => {
  await confirmed({ what: 'end-code', list: 'notifiers', code: '10', until: '2026-12-01', source });
  const by = (notifierCode: number) =>
    makeForm({ notifier: { basis: 'professional', notifierCode, name: 'Underretter' } });
  await send(by(10), TUESDAY);
  expect(await fieldsOf(send(by(10), DECEMBER))).toEqual([
    'notifier.notifierCode notifier-code: Hvem der underretter: skal være en kode, der bruges nu.',
  ]);
});

test('an ended type of measure keeps running with its name, and is neither started nor changed to', async () => {
  const id = await send(concern(), TUESDAY);
  const intake = (when: string) => world.ctxFor(INTAKE, when);
  await acknowledgeReferral(intake(TUESDAY), { id, ...NOT_KNOWN });
  const seen = { evidence: 'phone-call' as const, occurredAt: instant(TUESDAY) };
  await assessReferral(intake(TUESDAY), { id, acute: false, ...seen, ...reason });
  await decideReferral(intake(TUESDAY), { id, outcome: 'preventive', ...reason });
  const start = (type: string, when: string) => startMeasure(intake(when), { id, type, plannedMonths: 3, ...reason });
  const { measureId } = await start('respite', TUESDAY);
  await confirmed({ what: 'end-code', list: 'measures', code: 'respite', until: '2026-12-01', source });
  expect(await fieldsOf(start('respite', DECEMBER))).toEqual([`type not-in-use: Indsatsens type: ${ENDED}`]);
  const change = (type: string) =>
    changeMeasure(intake(DECEMBER), { id, measureId, type, plannedMonths: 9, ...reason });
  await change('respite');
  await change('family-treatment');
  expect(await fieldsOf(change('respite'))).toEqual([`type not-in-use: Indsatsens type: ${ENDED}`]);
  const shown = async () => {
    const { measures, timeline } = await readCase(intake(DECEMBER), id);
    return [measures[0]?.name.da, timeline.find(({ kind }) => kind === 'measure-started')?.detail?.da];
  };
  expect(await shown()).toEqual(['Familiebehandling', 'Aflastning']);
  const words = { da: 'Aflastningsophold', en: 'Respite stay', paragraph: '§ 32', source };
  await confirmed({ what: 'correct-code', list: 'measures', code: 'respite', ...words }, DECEMBER);
  expect(await shown()).toEqual(['Familiebehandling', 'Aflastningsophold']);
});

test('the paragraphs of each law come with what the forms choose from, as corrected', async () => {
  const asked = { what: 'correct-reference', version: 'barnets-lov-2024', topic: 'screening', status: 'law', source };
  await confirmed({ ...asked, paragraph: '§ 18, stk. 1' });
  const { laws } = await readFormChoices(world.ctxFor(SENDER, TUESDAY));
  expect(laws.map(({ id, references }) => `${id} ${references.screening?.paragraph ?? '-'}`)).toEqual([
    'serviceloven -',
    'barnets-lov-2024 § 18, stk. 1',
  ]);
});
