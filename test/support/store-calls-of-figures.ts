import { instant } from '#domain/time.ts';
import * as figures from '#store/figures.ts';
import * as sending from '#store/sending.ts';
import type { Closed } from './store-call.ts';

const period = { from: instant('2026-01-01T00:00:00Z'), until: instant('2027-12-31T00:00:00Z') };

/** Figures are of the units on either side: what one of them counts, the other's does not change. */
export const STORE_OF_FIGURES: Readonly<Record<string, Closed>> = {
  'figures.ts findFigures': {
    by: 'party',
    call: (tx, scope) => figures.findFigures(tx, scope, 'asked', period),
  },
  'sending.ts findSending': { by: 'unit', call: (tx, scope) => sending.findSending(tx, scope, period) },
  'sending.ts findInstitutionNotifications': {
    by: 'sender',
    call: (tx, scope) => sending.findInstitutionNotifications(tx, scope, null, 10),
  },
  'sending.ts countInstitutionNotifications': {
    by: 'sender',
    call: async (tx, scope) => (await sending.countInstitutionNotifications(tx, scope, period.from)).sent,
  },
  'figures.ts findOwnerlessHours': {
    by: 'unit',
    before: async (tx) => {
      await tx.$executeRaw`update ownership set started_at = started_at + interval '1 hour' where ended_at is null`;
    },
    call: (tx, scope) => figures.findOwnerlessHours(tx, scope, period),
  },
  'figures.ts findEnded': {
    by: 'party',
    before: async (tx, s) => {
      await tx.$executeRaw`
        update dispute set state = 'settled', ended_at = step_ends_at where id = ${s.disputeId}::uuid`;
    },
    call: (tx, scope) => figures.findEnded(tx, scope, period),
  },
  'figures.ts findFigureCases': {
    by: 'unit',
    call: (tx, scope) =>
      figures.findFigureCases(tx, scope, {
        figure: 'unacknowledged',
        unit: 'bbu-norrebro',
        other: null,
        period,
        limit: 10,
      }),
  },
};
