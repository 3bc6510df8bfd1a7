import { acknowledgeReferral } from '#usecases/acknowledge-referral.ts';
import { assessReferral } from '#usecases/assess-referral.ts';
import { declineHandover } from '#usecases/decline-handover.ts';
import { proposeHandover } from '#usecases/propose-handover.ts';
import { registerInquiry } from '#usecases/register-inquiry.ts';
import { ACUTE, makeForm, type TestMunicipality } from './municipality.ts';

const SENDER = 'school-social-worker-skole-norrebro';

/** Acts in a municipality by the clock as it stands. */
export const actorsOf = (town: Pick<TestMunicipality, 'ctxFor' | 'deps' | 'submit'>) => {
  const by = async (personId: string) => town.ctxFor(personId, await town.deps.clock.now());
  const take = async (personId: string, id: string) => {
    const known = { unit: null, disability: false, elsewhere: false };
    await acknowledgeReferral(await by(personId), { id, known, need: null });
  };
  const offer = async (personId: string, id: string, to: string) =>
    proposeHandover(await by(personId), { id, to, reason: 'Flyttet' });
  const refuse = async (personId: string, id: string, instead: string) =>
    declineHandover(await by(personId), { id, instead, basis: '§ 9', reason: 'Bor ikke her' });

  /** Sent, taken by Nørrebro and assessed: nothing but its own clocks is left to remind of. */
  const taken = async (acute: boolean): Promise<string> => {
    const { referrals } = await town.submit(SENDER, makeForm(acute ? ACUTE : {}));
    const id = referrals[0]?.id ?? '';
    await take('intake-bbu-norrebro', id);
    const assessment = { acute, evidence: 'phone-call', reason: 'Talt med skolen' } as const;
    await assessReferral(await by('intake-bbu-norrebro'), { id, ...assessment });
    return id;
  };
  return {
    by,
    take,
    offer,
    refuse,
    taken,
    /** Offered to Valby, which says that it is Nørrebro's. */
    disputed: async (acute: boolean): Promise<string> => {
      const id = await taken(acute);
      await offer('caseworker-bbu-norrebro', id, 'bbu-valby');
      await refuse('caseworker-bbu-valby', id, 'bbu-norrebro');
      return id;
    },
    /** An acute inquiry that the two departments send to each other. */
    disputedBetweenDepartments: async (): Promise<string> => {
      const child = { name: 'Barn', identity: 'unborn' };
      const inquiry = { child, acute: true, text: 'Mangler skoleplads' };
      const { id } = await registerInquiry(await by('intake-buf-modtagelse'), inquiry);
      await take('intake-buf-modtagelse', id);
      await offer('intake-buf-modtagelse', id, 'bbu-norrebro');
      await refuse('caseworker-bbu-norrebro', id, 'buf-modtagelse');
      return id;
    },
  };
};
