import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeMunicipality, type TestMunicipality } from '#test/support/municipality.ts';
import { listOwnInquiries } from '#usecases/list-own-inquiries.ts';
import { raiseDispute } from '#usecases/raise-dispute.ts';
import { registerInquiry } from '#usecases/register-inquiry.ts';

const REGISTRAR = 'school-social-worker-skole-norrebro';
const BUF = 'buf-modtagelse';

let town: TestMunicipality;
beforeAll(async () => {
  town = await makeMunicipality('2026-11-02T10:00:00+01:00');
});
afterAll(() => town.stop());

test('who registered it sees unit and phone, also in a dispute of which nothing is told; nobody else sees it', async () => {
  const ctx = () => town.ctxFor(REGISTRAR, '2026-11-02T10:05:00+01:00');
  const { id, caseNumber, ownerUnit } = await registerInquiry(ctx(), {
    child: { name: 'Barn', identity: 'known', cpr: '0144184001', address: { postalCode: '2200' } },
    need: 'school-place',
    acute: false,
    text: 'Drengen har ikke noget skoletilbud.',
  });
  expect(ownerUnit).toBe(BUF);
  const unit = { name: expect.any(String), phone: expect.stringMatching(/^\+?[\d ]{8,}$/) };
  const [before, ...more] = await listOwnInquiries(ctx());
  expect(more).toEqual([]);
  expect(before).toMatchObject({ id, caseNumber, closed: false, unit, since: '2026-11-02T09:05:00.000Z' });
  await raiseDispute(town.ctxFor(`intake-${BUF}`, '2026-11-03T10:00:00+01:00'), {
    id,
    unit: BUF,
    whose: 'bbu-norrebro',
    reason: 'Hører til hos jer',
    basis: '§ 9',
  });
  expect(await town.deps.db.dispute.count({ where: { referralId: id, state: 'open' } })).toBe(1);
  expect(await listOwnInquiries(ctx())).toEqual([before]);
  expect(await listOwnInquiries(town.ctxFor('school-social-worker-skole-valby', '2026-11-03T10:00:00+01:00'))).toEqual(
    [],
  );
});

test('many who register the same child at once, new to the municipality: each is registered, with one record', async () => {
  const register = (n: number) =>
    registerInquiry(town.ctxFor(REGISTRAR, '2026-11-02T10:10:00+01:00'), {
      child: { name: 'Barn', identity: 'known', cpr: '0244184001', address: { postalCode: '2200' } },
      need: 'school-place',
      acute: false,
      text: `Nummer ${n}`,
    });
  const registered = await Promise.all(Array.from({ length: 10 }, (_, n) => register(n)));
  const ids = registered.map(({ id }) => id);
  const referrals = await town.deps.db.referral.findMany({ where: { id: { in: ids } } });
  expect(referrals).toHaveLength(10);
  expect(new Set(referrals.map(({ childId }) => childId)).size).toBe(1);
});
