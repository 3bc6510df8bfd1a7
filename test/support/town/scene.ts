import type { Organisation } from '#domain/organisation.ts';
import { isValid } from '#domain/organisation-tree.ts';
import { type Instant, localDay } from '#domain/time.ts';
import type { Prisma } from '#generated/prisma/client.ts';
import type { Deps } from '#platform/deps.ts';
import { type Chart, decidersOf, speakersFor } from '#test/model/speaking.ts';
import type { Ctx } from '#usecases/context.ts';
import type { Chance } from './chance.ts';

const INCLUDED = {
  handovers: { orderBy: { proposedAt: 'asc' } },
  disputes: { orderBy: { raisedAt: 'asc' } },
  deadlines: { where: { OR: [{ state: 'running' }, { explained: { not: null } }] } },
  measures: true,
  feedbacks: true,
  requests: true,
  letters: { where: { state: 'open' } },
} satisfies Prisma.ReferralInclude;

/** Every referral with what is open about it, as the tables have it. */
export const readRows = (db: Deps['db']) => db.referral.findMany({ include: INCLUDED, orderBy: { id: 'asc' } });
export type Row = Awaited<ReturnType<typeof readRows>>[number];

export type Scene = {
  readonly row: Row;
  readonly ctx: Ctx;
  readonly personId: string;
  readonly now: Instant;
  readonly chance: Chance;
  readonly organisation: Organisation;
  readonly chart: Chart;
  readonly others: readonly Row[];
};

export const HANDLERS = ['caseworker', 'intake', 'duty-officer', 'professional-coordinator', 'team-leader'];
export const MENDERS = ['intake', 'professional-coordinator', 'team-leader'];

export const handoverOf = ({ handovers, disputes }: Row) => {
  const about = disputes.find(({ state }) => state === 'open')?.handoverId;
  return handovers.find(({ state }) => state === 'proposed') ?? handovers.find(({ id }) => id === about) ?? null;
};
export const disputeOf = ({ disputes }: Row) => disputes.find(({ state }) => state === 'open') ?? null;
export const runs = ({ deadlines }: Row, kind: string) =>
  deadlines.find((one) => one.state === 'running' && one.kind === kind) ?? null;

const text = (day: { toString: () => string } | null): string | null => day?.toString() ?? null;
const span = ({
  from,
  until,
}: {
  from: { toString: () => string } | null;
  until: { toString: () => string } | null;
}) => ({
  from: text(from),
  until: text(until),
});

/** Who works where, as plain data for the second model. */
export const chartOf = ({ units, people }: Organisation): Chart => ({
  units: [...units.values()].map(({ id, parent, department, validity, successor }) => ({
    id,
    parent,
    department,
    until: text(validity.until),
    successor,
  })),
  people: [...people.values()].map(({ id, roles, substitute, absences, validity }) => ({
    id,
    ...span(validity),
    roles: roles.map((held) => ({ role: held.role, unit: held.unit, ...span(held.validity) })),
    substitute,
    absences: absences.map((away) => ({ ...span(away), substitute: away.substitute })),
  })),
});

/** Everybody with one of the roles at one of the units. */
export const staffOf = (
  { people }: Organisation,
  now: Instant,
  units: readonly (string | null)[],
  roles: readonly string[],
): string[] => {
  const day = localDay(now);
  return [...people.values()]
    .filter((person) =>
      person.roles.some(
        (held) => units.includes(held.unit) && roles.includes(held.role) && isValid(held.validity, day),
      ),
    )
    .map(({ id }) => id);
};

type Asking = Pick<Scene, 'row' | 'chart' | 'now'>;
const dayOf = ({ now }: Asking): string => localDay(now).toString();

export const speakersOf = (asking: Asking): string[] => {
  const dispute = disputeOf(asking.row);
  const { step = 0, acute = false, partyUnitIds = [], proposal } = dispute ?? {};
  const agreed = (proposal as { agreed: string[] } | null)?.agreed ?? [];
  const left = partyUnitIds.filter((unit) => !agreed.includes(unit));
  return left.flatMap((unit) => speakersFor(unit, step, acute, asking.chart, dayOf(asking)));
};

export const decidersNow = (asking: Asking): string[] => {
  const dispute = disputeOf(asking.row) ?? asking.row.disputes.at(-1);
  return dispute ? decidersOf(dispute.partyUnitIds, dispute.step, dispute.acute, asking.chart, dayOf(asking)) : [];
};
