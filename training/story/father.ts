import { instant } from '#domain/time.ts';
import { acknowledgeReferral } from '#usecases/acknowledge-referral.ts';
import { claimInDispute } from '#usecases/claim-in-dispute.ts';
import { decideDispute } from '#usecases/decide-dispute.ts';
import { declineHandover } from '#usecases/decline-handover.ts';
import { proposeHandover } from '#usecases/propose-handover.ts';
import { registerInquiry } from '#usecases/register-inquiry.ts';
import { given, type Known, NEW_HERE, type Step } from './step.ts';

/** Everything that the family has told; none of it may leave in a mail. */
export const FATHER = {
  child: {
    name: 'Elias Mørkholt',
    identity: 'known',
    cpr: '0250254127',
    address: { street: 'Blågårdsgade 41, 1. th.', postalCode: '2200', city: 'København N' },
  },
  // No row of the matrix: practical help at home for a parent is exactly what nobody thought was theirs.
  need: null,
  acute: false,
  text: 'Far, Jonas Mørkholt, er efter en hjerneblødning lam i venstre arm og har den fulde forældremyndighed over sin 13 måneder gamle søn. Han kan ikke løfte, bade eller skifte ham uden hjælp.',
} as const;

const BCH = 'bch-modtagelsen';
const BUF = 'buf-modtagelse';
const HOME_HELP = 'bbu-norrebro';

const id = (known: Known): string => given(known, 'father');
const nothing = async (work: Promise<unknown>): Promise<Known> => {
  await work;
  return {};
};

/** The ombudsman's case: a family that was sent from one department to the other and back. */
export const father: readonly Step[] = [
  {
    id: 'father-registers',
    at: instant('2026-11-02T10:07:00+01:00'),
    who: `intake-${BCH}`,
    act: 'register-inquiry',
    run: async (ctx) => ({ father: (await registerInquiry(ctx, FATHER)).id }),
  },
  {
    id: 'father-taken-by-bch',
    at: instant('2026-11-02T10:31:00+01:00'),
    who: `caseworker-${BCH}`,
    act: 'acknowledge-referral',
    run: (ctx, known) => nothing(acknowledgeReferral(ctx, { id: id(known), ...NEW_HERE })),
  },
  {
    id: 'father-proposed-to-buf',
    at: instant('2026-11-02T13:17:00+01:00'),
    who: `caseworker-${BCH}`,
    act: 'propose-handover',
    run: (ctx, known) =>
      nothing(
        proposeHandover(ctx, { id: id(known), to: BUF, reason: 'Drengen har ikke selv en funktionsnedsættelse.' }),
      ),
  },
  {
    id: 'father-declined-by-buf',
    at: instant('2026-11-04T09:23:00+01:00'),
    who: `intake-${BUF}`,
    act: 'decline-handover',
    run: (ctx, known) =>
      nothing(
        declineHandover(ctx, {
          id: id(known),
          instead: BCH,
          basis: 'dagtilbudsloven',
          reason: 'Der er tale om et spædbarn, og vi har ingen hjælp i hjemmet.',
        }),
      ),
  },
  {
    id: 'father-claimed-by-bch',
    at: instant('2026-11-05T11:12:00+01:00'),
    who: `caseworker-${BCH}`,
    act: 'claim-in-dispute',
    run: (ctx, known) =>
      nothing(
        claimInDispute(ctx, {
          id: id(known),
          unit: BCH,
          whose: BUF,
          basis: 'barnets lov § 32',
          reason: 'Behovet er fars, og vores målgruppe er børn med funktionsnedsættelse.',
        }),
      ),
  },
  {
    id: 'father-decided',
    at: instant('2026-11-10T10:41:00+01:00'),
    who: 'buf-sof-coordinator-sof-stab',
    act: 'decide-dispute',
    run: (ctx, known) =>
      nothing(
        decideDispute(ctx, {
          id: id(known),
          owner: HOME_HELP,
          basis: 'barnets lov § 32',
          reason: 'Praktisk støtte i hjemmet gives af børnefamilieenheden, hvor familien bor.',
        }),
      ),
  },
  {
    id: 'father-taken-by-norrebro',
    at: instant('2026-11-11T09:02:00+01:00'),
    who: `intake-${HOME_HELP}`,
    act: 'acknowledge-referral',
    run: (ctx, known) => nothing(acknowledgeReferral(ctx, { id: id(known), ...NEW_HERE })),
  },
];
