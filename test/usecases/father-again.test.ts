import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { instant } from '#domain/time.ts';
import { makeMunicipality, nextCpr, type TestMunicipality } from '#test/support/municipality.ts';
import { trainingOrganisationText } from '#test/support/organisation.ts';
import { withoutIds } from '#test/support/without-ids.ts';
import { FATHER, father } from '#training/story/father.ts';
import { BEGINS_AT } from '#training/story/plot.ts';
import type { Known } from '#training/story/step.ts';
import { decideChange } from '#usecases/decide-change.ts';
import { importOrganisation } from '#usecases/import-organisation.ts';
import { proposeChange } from '#usecases/propose-change.ts';
import { raiseDispute } from '#usecases/raise-dispute.ts';
import { readCase } from '#usecases/read-case.ts';
import { readFormChoices } from '#usecases/read-form-choices.ts';
import { readMatrix } from '#usecases/read-matrix.ts';
import { readPrecedents } from '#usecases/read-precedents.ts';
import { readChange } from '#usecases/read-setup.ts';
import { registerInquiry } from '#usecases/register-inquiry.ts';
import { searchPrecedents } from '#usecases/search-precedents.ts';
import { submitNotification } from '#usecases/submit-notification.ts';
import { writePrecedent } from '#usecases/write-precedent.ts';

const [ONE, OTHER] = ['buf-sof-coordinator-sof-stab', 'buf-sof-coordinator-buf-fagligt-center'];
const BCH = 'intake-bch-modtagelsen';
const NEED = 'praktisk-hjaelp-i-hjemmet-til-en-foraelder';
const AFTER = '2026-11-12T10:00:00+01:00';
const FROM = '2026-11-13';

let town: TestMunicipality;
let known: Known = {};
beforeAll(async () => {
  town = await makeMunicipality(BEGINS_AT.toString());
  for (const step of father) {
    await town.moveTo(step.at);
    known = { ...known, ...(await step.run(town.ctxFor(step.who, step.at), known)) };
  }
});
afterAll(() => town.stop());

const one = (at = AFTER) => town.ctxFor(ONE, at);
const other = (at = AFTER) => town.ctxFor(OTHER, at);
const id = (): string => known.father ?? expect.fail();

/** Another family with the same need, registered by the same intake that the father came to. */
const nextFamily = async (postalCode: string, at: string, need: string | null = NEED) => {
  const child = { name: 'Barn Andet', identity: 'known', cpr: nextCpr(), address: { postalCode } };
  return registerInquiry(town.ctxFor(BCH, at), { child, need, acute: false, text: 'Hjælp i hjemmet' });
};

const told = {
  need: null,
  needText: 'Praktisk hjælp i hjemmet til en forælder',
  ages: { from: 0, to: 17 },
  units: ['bch-modtagelsen', 'buf-modtagelse'],
  outcome: 'bbu-norrebro',
  basis: 'barnets lov § 32',
  reason: 'Behovet er forælderens. Støtte i hjemmet gives af børnefamilieenheden, hvor familien bor.',
};

describe('the father’s case, and what comes after it', () => {
  let precedentId: string;
  let changeId: string;

  test('nobody thought that it was theirs: the training matrix has no row for it', async () => {
    const { rows } = await readMatrix(one());
    expect(rows.map((row) => row.id)).not.toContain(NEED);
    expect((await nextFamily('2200', AFTER, null)).ownerUnit).toBe('bch-modtagelsen');
  });

  test('what was decided is told without anybody in it', async () => {
    const begun = await readPrecedents(one(), id());
    if (begun.view !== 'ended' || !begun.begin) return expect.fail('it has ended');
    expect(begun.begin).toMatchObject({ outcome: 'bbu-norrebro', need: null });
    expect(begun.begin.units).toEqual(['bch-modtagelsen', 'buf-modtagelse']);
    const write = (precedent: unknown) =>
      writePrecedent(one(), { disputeId: begun.disputeId, stateVersion: null, precedent });
    for (const [field, text, code] of [
      ['reason', `${FATHER.child.name}s far kan ikke løfte`, 'names-somebody'],
      ['needText', 'Hjælp til en mørkholt', 'names-somebody'],
      ['basis', FATHER.child.cpr, 'looks-like-cpr'],
    ] as const) {
      const refused = await write({ ...told, [field]: text }).catch((error: unknown) => error);
      expect(refused).toMatchObject({ code: 'INVALID', fields: [{ path: field, code }] });
    }
    precedentId = (await write(told)).id;
    // Each look into the case stands in the log of reads, the refused ones among them.
    expect(await town.deps.db.readLog.count({ where: { purpose: 'precedent', personId: ONE } })).toBe(4);
    const found = await searchPrecedents(one(), {
      words: 'hjemmet',
      need: null,
      age: 1,
      unit: 'bbu-norrebro',
      basis: '§ 32',
    });
    expect(found.items.map((item) => item.id)).toEqual([precedentId]);
  });

  test('one click makes it a row, which says how the past months would have gone', async () => {
    const shown = await readPrecedents(one(), id());
    if (shown.view !== 'ended' || !shown.told || !shown.asRow) return expect.fail('it may become a row');
    // What was decided for a family of Nørrebro holds for all families by where they live.
    expect(shown.asRow).toMatchObject({ unit: { id: 'bbu' }, proposed: null });
    const payload = {
      what: 'matrix-row',
      need: null,
      da: shown.told.needText,
      en: 'Practical help at home for a parent',
      ages: shown.told.ages,
      unit: shown.asRow.unit.id,
      basis: shown.told.basis,
      from: FROM,
      source: 'afgørelse i uenighed',
      precedent: precedentId,
    };
    changeId = (await proposeChange(one(), { kind: 'matrix', payload, note: 'Faderens sag' })).id;
    expect(await readPrecedents(other(), id())).toMatchObject({ asRow: { proposed: changeId } });
    const { dryRun } = await readChange(other(), changeId, { kind: 'matrix' });
    expect(dryRun?.past).toMatchObject({ months: 6, all: 2, about: 1 });
    expect(dryRun?.past?.elsewhere).toMatchObject([
      {
        first: 'Modtagelsen',
        from: 'Modtagelsen',
        to: 'Børnefamilieenhed Nørrebro',
        now: 'Børnefamilieenhed Nørrebro',
      },
    ]);
    // Nothing of the family: a case number, units and an instant.
    expect(withoutIds(JSON.stringify(dryRun))).not.toMatch(/Mørkholt|0250|2200|Blågård/);
  });

  test('nothing is routed by it before a second person has confirmed', async () => {
    expect(await nextFamily('2200', `${FROM}T09:00:00+01:00`, NEED).catch((error: unknown) => error)).toMatchObject({
      code: 'INVALID',
      fields: [{ path: 'need' }],
    });
    const { dryRun, stateVersion } = await readChange(other(), changeId, { kind: 'matrix' });
    const answer = { kind: 'matrix', id: changeId, stateVersion, reason: null, digest: dryRun?.digest ?? '' } as const;
    await expect(decideChange(one(), { ...answer, answer: 'confirm' })).rejects.toThrow('ILLEGAL_TRANSITION');
    await decideChange(other(), { ...answer, answer: 'confirm' });
  });

  test('the next family reaches the right unit at once, wherever it lives, and the trace says why', async () => {
    const at = `${FROM}T09:05:00+01:00`;
    const { needs } = await readFormChoices(town.ctxFor(BCH, at));
    expect(needs).toContainEqual({ id: NEED, need: told.needText, needEn: 'Practical help at home for a parent' });
    const north = await nextFamily('2200', at);
    expect(north.ownerUnit).toBe('bbu-norrebro');
    expect((await nextFamily('2500', at)).ownerUnit).toBe('bbu-valby');
    const { data } = await town.deps.db.caseEvent.findFirstOrThrow({ where: { referralId: north.id, kind: 'routed' } });
    const { rule, trace } = data as { rule: number; trace: { matched: boolean; why: { da: string } }[] };
    expect(rule).toBe(3);
    expect(trace.find(({ matched }) => matched)?.why.da).toBe(
      `Ansvarsmatricen, ${told.needText} (barnets lov § 32, besluttet fra 13.11.2026): Borgercenter Børn og Unge → Børnefamilieenhed Nørrebro`,
    );
    const page = await readCase(town.ctxFor('intake-bbu-norrebro', at), north.id);
    expect(JSON.stringify(page)).toContain('besluttet fra');
  });

  test('a notification about the same goes by it, too', async () => {
    const at = instant(`${FROM}T10:00:00+01:00`);
    const form = {
      children: [{ name: 'Barn', cpr: nextCpr(), address: { postalCode: '2500' } }],
      notifier: { basis: 'professional', notifierCode: 2, name: 'Underretter' },
      concern: { narrative: 'Bekymring' },
      parentsInformed: { informed: true },
      need: NEED,
    };
    const { referrals } = await submitNotification(town.ctxFor('school-social-worker-skole-norrebro', at), form);
    const { responsibleUnitId } = await town.deps.db.referral.findUniqueOrThrow({
      where: { id: referrals[0]?.id ?? '' },
    });
    expect(responsibleUnitId).toBe('bbu-valby');
  });

  test('a new organisation file, which knows nothing of it, does not undo it, and says so', async () => {
    const at = `${FROM}T11:00:00+01:00`;
    const counts = await importOrganisation(town.systemCtx(at), trainingOrganisationText());
    expect(counts).toMatchObject({ matrixRows: 6, matrixKept: [NEED] });
    expect((await nextFamily('2200', at)).ownerUnit).toBe('bbu-norrebro');
    const events = await town.deps.db.setupEvent.findMany({ where: { kind: 'matrix-kept' } });
    expect(events.map(({ data }) => data)).toEqual([{ needs: [NEED] }]);
  });

  test('a later dispute like it is shown what it came to, and the row that applies', async () => {
    const at = `${FROM}T12:00:00+01:00`;
    const referral = await nextFamily('2500', at);
    const inquiry = await town.deps.db.referral.findUniqueOrThrow({ where: { id: referral.id } });
    expect(inquiry.need).toBe(NEED);
    await raiseDispute(town.ctxFor('caseworker-bbu-valby', at), {
      id: referral.id,
      unit: 'bbu-valby',
      whose: 'bch-modtagelsen',
      basis: 'barnets lov § 90',
      reason: 'Forælderen har et handicap.',
    });
    const found = await readPrecedents(town.ctxFor('caseworker-bbu-valby', at), referral.id);
    if (found.view !== 'open') return expect.fail('it is open');
    expect(found.closest).toMatchObject([
      {
        precedent: { id: precedentId, outcome: { id: 'bbu-norrebro' } },
        like: { need: true, age: true, units: ['Modtagelsen'] },
      },
    ]);
    expect(found.row).toMatchObject({ id: NEED, unit: { id: 'bbu' }, decidedHere: true, from: FROM });
    // Nobody outside learns that there is one.
    await expect(readPrecedents(town.ctxFor('caseworker-bbu-bhv', at), referral.id)).rejects.toThrow('NOT_FOUND');
  });
});
