import type { Decision, Referral } from './referral.ts';
import { type Instant, withOffset } from './time.ts';

/** Policy: a case stays open for an hour to whoever opened it in an emergency. */
export const emergencyEnds = (now: Instant): Instant => now.add({ minutes: 60 });

/**
 * Somebody whose units have nothing to do with the case opens it in an emergency: whoever owns it and whoever is responsible
 * is told at once, and its journal says who, until when, and why (sealed). Nothing of the case changes. Tue 2026-11-10,
 * 23:40: a duty officer stands before a child and reads until 00:40 what is known of it.
 */
export const openInEmergency = (
  { responsibleUnit, ownerUnit }: Pick<Referral, 'responsibleUnit' | 'ownerUnit'>,
  { personId, unitId, reason }: { readonly personId: string; readonly unitId: string; readonly reason: string },
  now: Instant,
): Decision => ({
  patch: {},
  facts: [
    {
      kind: 'emergency-opened',
      data: { person: personId, unit: unitId, until: withOffset(emergencyEnds(now)) },
      sealed: { text: reason },
    },
  ],
  mails: [...new Set([ownerUnit, responsibleUnit])].map((unit) => ({
    template: 'emergency-opened',
    to: { unit },
    exempt: true,
  })),
});
