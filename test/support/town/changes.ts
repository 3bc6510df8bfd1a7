import { type Instant, type LocalDay, localDay, T } from '#domain/time.ts';
import type { UnitChange } from '#domain/unit-change.ts';
import type { TestWorld } from '#test/support/context.ts';
import { confirmed } from '#test/support/unit-changes.ts';
import type { Ctx } from '#usecases/context.ts';
import { registerAbsence } from '#usecases/register-absence.ts';
import type { Chance } from './chance.ts';

/** Where a child's work goes when units change; by its postal code where a unit is split. */
export type Going = (unit: string, postalCode: number | null) => string;
export type Change = { readonly change: (on: string) => UnitChange; readonly going: Going };

const fresh = (id: string) => ({ id, name: id, phone: '1', email: null, nameIsNeutral: true });
const people = (unit: string): string[] =>
  ['caseworker', 'intake', 'professional-coordinator', 'team-leader'].map((role) => `${role}-${unit}`);

/** Two units become a new one, a unit is split by its codes, a unit closes into another: in this order, weeks apart. */
export const CHANGES: readonly Change[] = [
  {
    change: (on) => ({
      what: 'merge',
      on,
      units: ['bbu-valby', 'bbu-bispebjerg'],
      into: null,
      unit: fresh('bbu-valby-bispebjerg'),
    }),
    going: (unit) => (unit === 'bbu-valby' || unit === 'bbu-bispebjerg' ? 'bbu-valby-bispebjerg' : unit),
  },
  {
    change: (on) => ({
      what: 'split',
      on,
      unit: 'bbu-vesterbro',
      by: 'area',
      main: 'bbu-vest-a',
      parts: [
        {
          ...fresh('bbu-vest-a'),
          postalCodes: [{ from: 1500, to: 1799 }],
          ages: null,
          people: people('bbu-vesterbro').slice(0, 2),
        },
        {
          ...fresh('bbu-vest-b'),
          postalCodes: [{ from: 2450, to: 2450 }],
          ages: null,
          people: people('bbu-vesterbro').slice(2),
        },
      ],
    }),
    going: (unit, code) => (unit !== 'bbu-vesterbro' ? unit : code === 2450 ? 'bbu-vest-b' : 'bbu-vest-a'),
  },
  {
    change: (on) => ({ what: 'close', on, unit: 'bbu-amager-ost', into: 'bbu-amager-vest' }),
    going: (unit) => (unit === 'bbu-amager-ost' ? 'bbu-amager-vest' : unit),
  },
];

/** Confirmed now for tomorrow. Answers the instant at which it takes place. */
export const confirmChange = async (world: TestWorld, { change }: Change, now: Instant): Promise<Instant> => {
  const on = localDay(now).add({ days: 1 });
  await confirmed(world, change(on.toString()), now.toString());
  return T.Instant.from(on.toZonedDateTime('Europe/Copenhagen').toInstant().toString());
};

/** Somebody is away for some days, now and then without anybody who stands in. */
export const goAway = async (ctx: Ctx, personId: string, today: LocalDay, chance: Chance): Promise<void> => {
  const from = today.add({ days: chance.below(3) });
  const lastDay = from.add({ days: chance.below(8) });
  await registerAbsence(ctx, { personId, from, lastDay, substitute: null });
};
