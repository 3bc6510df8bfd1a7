import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { instant } from '#domain/time.ts';
import { administrator } from '#test/support/administrators.ts';
import { makeWorld, type TestWorld } from '#test/support/context.ts';
import { nextCpr } from '#test/support/municipality.ts';
import { trainingOrganisationText } from '#test/support/organisation.ts';
import { refusals } from '#test/support/races.ts';
import { withoutIds } from '#test/support/without-ids.ts';
import { acknowledgeReferral } from '#usecases/acknowledge-referral.ts';
import { decideChange } from '#usecases/decide-change.ts';
import { importCases } from '#usecases/import-cases.ts';
import { importOrganisation } from '#usecases/import-organisation.ts';
import { proposeChange } from '#usecases/propose-change.ts';
import { readMatrix } from '#usecases/read-matrix.ts';
import { readChange, readChangesOf } from '#usecases/read-setup.ts';
import { submitNotification } from '#usecases/submit-notification.ts';

const SENDER = 'school-social-worker-skole-norrebro';
const [COORDINATOR, OTHER] = ['buf-sof-coordinator-sof-stab', 'buf-sof-coordinator-buf-fagligt-center'];
const NOW = '2026-11-10T10:00:00+01:00';
const kind = 'matrix';

let world: TestWorld;
const anna = (at = NOW) => administrator(world, 'anna', at);
const bo = (at = NOW) => administrator(world, 'bo', at);

const row = (more: Record<string, unknown> = {}) => ({
  what: 'matrix-row',
  need: 'maintenance-training',
  da: 'Vedligeholdende træning',
  en: 'Maintenance training',
  ages: { from: 0, to: 17 },
  unit: 'bbu',
  basis: 'politik',
  from: '2026-11-16',
  source: 'direktionen',
  precedent: null,
  ...more,
});
const end = (need: string, until: string) => ({ what: 'end-matrix-row', need, until, source: 'direktionen' });
const propose = async (payload: unknown, by = anna()): Promise<string> =>
  (await proposeChange(by, { kind, payload, note: 'Aftalt' })).id;
const shownTo = async (id: string, ctx = bo(), months?: number) => {
  const { dryRun, stateVersion } = await readChange(ctx, id, { kind, months });
  if (!dryRun?.past) return expect.fail('no dry run');
  return { digest: dryRun.digest, stateVersion, past: dryRun.past };
};
const confirm = async (id: string, shown: { digest: string; stateVersion: number }, by = bo()) =>
  decideChange(by, {
    kind,
    id,
    answer: 'confirm',
    reason: null,
    digest: shown.digest,
    stateVersion: shown.stateVersion,
  });

const send = async (at: string, need: string | null, more: Record<string, unknown> = {}): Promise<string> => {
  const { referrals } = await submitNotification(world.ctxFor(SENDER, at), {
    children: [{ name: 'Asta Lindegren', cpr: nextCpr(), address: { postalCode: '2200' }, ...more }],
    notifier: { basis: 'professional', notifierCode: 2, name: 'Underretter' },
    concern: { narrative: 'Bekymring' },
    parentsInformed: { informed: true },
    need,
  });
  return referrals[0]?.id ?? expect.fail();
};

beforeAll(async () => {
  world = await makeWorld({ connections: 8 });
});
afterAll(() => world.drop());

describe('the dry run', () => {
  test('counts what the row is about, and lists exactly what would have gone elsewhere', async () => {
    const disabled = nextCpr();
    const list = `cpr,unit,caseworker,measure,since,disability,seen at\n${disabled},,,,,yes,2026-11-01\n`;
    await importCases(world.systemCtx('2026-11-03T08:00:00+01:00'), list);
    const inTime = await send('2026-11-03T10:00:00+01:00', 'maintenance-training');
    await send('2026-11-03T10:01:00+01:00', 'equipment');
    await send('2026-11-03T10:02:00+01:00', null);
    // Known with a disability: that is another row's, whatever need is chosen.
    const known = await send('2026-11-03T10:03:00+01:00', 'maintenance-training', { cpr: disabled });
    // Of another municipality: that comes before the matrix.
    await send('2026-11-03T10:04:00+01:00', 'maintenance-training', { address: { postalCode: '2000' } });
    // Intake has found that it is about something else.
    const corrected = await send('2026-11-03T10:05:00+01:00', 'maintenance-training');
    const nothing = { known: { unit: null, disability: false, elsewhere: false }, need: null };
    const { ownerUnitId } = await world.deps.db.referral.findUniqueOrThrow({ where: { id: corrected } });
    await acknowledgeReferral(world.ctxFor(`caseworker-${ownerUnitId}`, '2026-11-03T11:00:00+01:00'), {
      id: corrected,
      ...nothing,
    });
    const { past } = await shownTo(await propose(row()));
    expect(past).toMatchObject({ months: 6, all: 6, about: 2, cut: false });
    expect(past.elsewhere.map(({ id }) => id)).toEqual([inTime]);
    expect(past.elsewhere[0]).toMatchObject({ to: 'Børnefamilieenhed Nørrebro', matter: 'notification' });
    expect(past.elsewhere.map(({ id }) => id)).not.toContain(known);
    // Without personal data: no name, no number, no place.
    expect(withoutIds(JSON.stringify(past))).not.toMatch(/Asta|Lindegren|Underretter|2200|4414/);
  });

  test('goes back as far as it is asked to', async () => {
    const id = await propose(row({ from: '2027-03-02' }), anna('2027-03-01T10:00:00+01:00'));
    const at = bo('2027-03-01T10:00:00+01:00');
    expect((await shownTo(id, at, 1)).past).toMatchObject({ months: 1, all: 0, about: 0, elsewhere: [] });
    expect((await shownTo(id, at, 5)).past).toMatchObject({ months: 5, all: 6, about: 2 });
  });

  test('of a row that ends: by the address, as every worry', async () => {
    const { past } = await shownTo(await propose(end('equipment', '2026-11-16')));
    expect(past.elsewhere.map(({ to }) => to)).toEqual(['Børnefamilieenhed Nørrebro']);
    // The one with the known disability is about the row, too; the row of its need sends it to the same unit.
    expect(past.about).toBe(2);
  });
});

describe('four eyes over the matrix', () => {
  test('BUF-SOF coordinators and administrators propose and decide, nobody else', async () => {
    const id = await propose(row(), world.ctxFor(COORDINATOR, NOW));
    const shown = await shownTo(id, world.ctxFor(OTHER, NOW));
    const own = { kind, id, ...shown, reason: null } as const;
    const at = (person: string) => world.ctxFor(person, NOW);
    await expect(decideChange(at(COORDINATOR), { ...own, answer: 'confirm' })).rejects.toThrow('ILLEGAL_TRANSITION');
    for (const person of ['team-leader-bbu-norrebro', 'caseworker-bbu-norrebro', SENDER, 'director-sof-stab']) {
      await expect(decideChange(at(person), { ...own, answer: 'confirm' })).rejects.toThrow('OUT_OF_SCOPE');
      await expect(propose(row(), at(person))).rejects.toThrow('OUT_OF_SCOPE');
    }
    // Of the setup, the matrix is all that a coordinator keeps.
    const law = { kind: 'regulations', payload: {}, note: 'x' };
    await expect(proposeChange(at(COORDINATOR), law)).rejects.toThrow('OUT_OF_SCOPE');
    await expect(decideChange(bo(), { id, ...shown, reason: null, answer: 'confirm' })).rejects.toThrow('NOT_FOUND');
    await decideChange(bo(), { ...own, answer: 'reject', reason: 'Nej' });
    const lines = await readChangesOf(world.ctxFor(OTHER, NOW), 'matrix');
    expect(lines.find((one) => one.id === id)).toMatchObject({ state: 'rejected', decision: 'Nej' });
  });

  test('a referral that came meanwhile refuses nobody; another matrix does', async () => {
    const [one, two] = [
      await propose(row({ unit: 'bbu-valby' })),
      await propose(end('day-treatment-school', '2026-12-01')),
    ];
    const [shown, stale] = [await shownTo(one), await shownTo(two)];
    await send('2026-11-10T10:30:00+01:00', 'maintenance-training');
    await confirm(one, shown);
    await expect(confirm(two, stale)).rejects.toThrow('STALE');
    await confirm(two, await shownTo(two));
    const { rows } = await readMatrix(bo());
    const said = rows.filter(({ id }) => id === 'maintenance-training').map(({ unit, state }) => [unit.id, state]);
    expect(said).toEqual([
      ['bch', 'in-force'],
      ['bbu-valby', 'planned'],
    ]);
    expect(rows.find(({ id }) => id === 'day-treatment-school')?.validity.until).toBe('2026-12-01');
  });

  test('what is confirmed too late for its day must be proposed anew', async () => {
    const id = await propose(row({ need: 'equipment', da: 'Hjælpemidler', from: '2026-11-12' }));
    const late = bo('2026-11-12T08:00:00+01:00');
    expect(await readChange(late, id, { kind })).toMatchObject({
      dryRun: null,
      problem: { da: expect.stringMatching('i morgen') },
    });
    await expect(confirm(id, { digest: '0'.repeat(64), stateVersion: 0 }, late)).rejects.toThrow('INVALID');
  });

  test('two confirm at once, over and over: one does it, and the row is there once', async () => {
    for (let n = 0; n < 5; n += 1) {
      const id = await propose(row({ need: null, da: `Behov nummer ${n}`, en: `Need ${n}`, from: '2026-11-20' }));
      const shown = await shownTo(id);
      const outcomes = await Promise.allSettled([
        confirm(id, shown),
        confirm(id, shown, administrator(world, 'carl', NOW)),
      ]);
      expect(refusals(outcomes)).toHaveLength(1);
      expect(await world.deps.db.matrixRow.count({ where: { changeId: id } })).toBe(1);
    }
  });

  test('an import and a confirmation at once: the row is not lost, whoever is first', async () => {
    for (let n = 0; n < 4; n += 1) {
      const id = await propose(row({ need: null, da: `Samtidig ${n}`, en: `Together ${n}`, from: '2026-11-20' }));
      const shown = await shownTo(id);
      const system = world.systemCtx(instant(NOW));
      const both = [() => confirm(id, shown), () => importOrganisation(system, trainingOrganisationText())];
      const outcomes = await Promise.allSettled((n % 2 === 0 ? both : both.toReversed()).map((act) => act()));
      // What an import changes of the matrix's rows is nothing here, so that what was shown still stands.
      expect(refusals(outcomes)).toEqual([]);
      expect(await world.deps.db.matrixRow.count({ where: { changeId: id } })).toBe(1);
    }
  });
});
