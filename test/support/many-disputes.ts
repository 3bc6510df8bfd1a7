import { type Instant, instant, isBefore } from '#domain/time.ts';
import { acceptHandover } from '#usecases/accept-handover.ts';
import { acknowledgeReferral } from '#usecases/acknowledge-referral.ts';
import { assessReferral } from '#usecases/assess-referral.ts';
import type { Ctx } from '#usecases/context.ts';
import { declineHandover } from '#usecases/decline-handover.ts';
import { proposeHandover } from '#usecases/propose-handover.ts';
import { submitNotification } from '#usecases/submit-notification.ts';
import { ACUTE, makeForm, nextCpr } from './municipality.ts';
import { sweepUntil } from './sweep.ts';

/** The morning on which a coordinator looks at them. */
export const MORNING = '2026-11-26T09:30:00+01:00';
const SENDER = 'school-social-worker-skole-norrebro';
/** Unit → the postal code of its area. */
const UNITS = [
  ['bbu-norrebro', '2200'],
  ['bbu-valby', '2500'],
  ['bbu-vesterbro', '2450'],
  ['bbu-bispebjerg', '2400'],
] as const;
const WHY = { basis: 'Barnets lov § 9', reason: 'Familien bor ikke hos os' };

type Town = {
  readonly ctxFor: (personId: string, at: Instant) => Ctx;
  readonly systemCtx: (at: Instant) => Ctx;
};
type Act = { readonly at: Instant; readonly act: (at: Instant) => Promise<unknown> };
/** What the first three are told by, in the order in which they matter. */
export type Known = { readonly acute: string; readonly runOut: string; readonly sentAround: string };

const unitAt = (n: number) => UNITS[n % UNITS.length] ?? UNITS[0];

/**
 * `many` open disputes of four units as they come in a month: most in their first days, one whose ladder has run out,
 * one family that was sent around, one acute since this morning. Time passes by the real sweep.
 */
export const makeManyDisputes = async (town: Town, many: number): Promise<Known> => {
  const child = (postalCode: string) => ({ name: 'Barn', cpr: nextCpr(), address: { postalCode } });
  const taken = async (at: Instant, [unit, postalCode]: (typeof UNITS)[number], acute = false): Promise<string> => {
    const form = makeForm({ children: [child(postalCode)], ...(acute ? ACUTE : {}) });
    const { referrals } = await submitNotification(town.ctxFor(SENDER, at), form);
    const id = referrals[0]?.id ?? '';
    const known = { unit: null, disability: false, elsewhere: false };
    await acknowledgeReferral(town.ctxFor(`intake-${unit}`, at), { id, known, need: null });
    const assessment = { acute, evidence: 'phone-call', reason: 'Talt med skolen' } as const;
    await assessReferral(town.ctxFor(`intake-${unit}`, at), { id, ...assessment });
    return id;
  };
  const offer = (at: Instant, id: string, from: string, to: string) =>
    proposeHandover(town.ctxFor(`caseworker-${from}`, at), { id, to, reason: 'Familien er flyttet' });
  const refuse = (at: Instant, id: string, by: string, instead: string) =>
    declineHandover(town.ctxFor(`caseworker-${by}`, at), { id, instead, ...WHY });
  const disputed = async (at: Instant, n: number, acute = false): Promise<string> => {
    const [unit] = unitAt(n);
    const [other] = unitAt(n + 1 + (n % 3));
    const id = await taken(at, unitAt(n), acute);
    await offer(at, id, unit, other);
    await refuse(at, id, other, unit);
    return id;
  };
  const known = { acute: '', runOut: '', sentAround: '' };
  const sentAround = async (at: Instant): Promise<void> => {
    const [home, second, third] = ['bbu-norrebro', 'bbu-valby', 'bbu-vesterbro'] as const;
    const id = await taken(at, UNITS[0]);
    const next = (minutes: number): Instant => at.add({ minutes });
    await offer(next(1), id, home, second);
    await acceptHandover(town.ctxFor(`caseworker-${second}`, next(2)), { id });
    await offer(next(3), id, second, home);
    await acceptHandover(town.ctxFor(`caseworker-${home}`, next(4)), { id });
    await offer(next(5), id, home, second);
    await refuse(next(6), id, second, third);
    await refuse(next(7), id, third, home);
    known.sentAround = id;
  };
  const acts: Act[] = [
    {
      at: instant('2026-10-28T10:00:00+01:00'),
      act: async (at) => {
        known.runOut = await disputed(at, 2);
      },
    },
    { at: instant('2026-11-25T13:00:00+01:00'), act: sentAround },
    {
      at: instant('2026-11-26T09:00:00+01:00'),
      act: async (at) => {
        known.acute = await disputed(at, 1, true);
      },
    },
  ];
  // On workdays of the last eight, a few each day.
  const days = ['16', '17', '18', '19', '20', '23', '24', '25'];
  for (let n = 0; acts.length < many; n += 1) {
    const at = instant(`2026-11-${days[n % days.length]}T10:00:00+01:00`).add({ minutes: 7 * n });
    acts.push({ at, act: () => disputed(at, n) });
  }
  let now = acts[0]?.at ?? instant(MORNING);
  for (const { at, act } of acts.toSorted((a, b) => (isBefore(a.at, b.at) ? -1 : 1))) {
    await sweepUntil(town.systemCtx, now, at);
    await act(at);
    now = at;
  }
  await sweepUntil(town.systemCtx, now, instant(MORNING));
  return known;
};
