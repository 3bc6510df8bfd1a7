import type { DestructionChange } from '#domain/destruction.ts';
import { DomainError } from '#domain/errors.ts';
import type { MatrixChange } from '#domain/matrix-change.ts';
import { isValid } from '#domain/organisation-tree.ts';
import type { PersonChange } from '#domain/person-change.ts';
import { demand } from '#domain/policy.ts';
import type { ProposedChange } from '#domain/proposed-change.ts';
import type { RegulationChange } from '#domain/regulation-change.ts';
import { defaultRegulations } from '#domain/regulations.ts';
import { setupEventName } from '#domain/setup-events.ts';
import { iso, localDay } from '#domain/time.ts';
import type { UnitChange } from '#domain/unit-change.ts';
import type { Followed } from '#domain/unit-report.ts';
import { findShifts } from '#store/rota.ts';
import { findChange, findChanges, findRegulations, findRegulationVersions, findSetupEvents } from '#store/setup.ts';
import { findUnitChange } from '#store/unit-changes.ts';
import { changeKind, prepareChange } from './change-kinds.ts';
import type { Ctx } from './context.ts';
import { currentWorld } from './world.ts';

const DECIDED = 50;
const EVENTS = 100;

/** Law, policy and calendar as they stand, every version that there was, and the units that they are about. */
export const readRegulations = async (ctx: Ctx) => {
  demand(ctx.actor, 'setup.read');
  const { db } = ctx.deps;
  const { organisation } = await currentWorld(ctx);
  const found = await findRegulations(db, ctx.scope);
  const versions = await findRegulationVersions(db, ctx.scope);
  const day = localDay(ctx.now);
  return {
    version: found?.version ?? 0,
    document: found?.document ?? defaultRegulations(organisation),
    versions: versions.map(({ createdAt, ...row }) => ({ ...row, createdAt: iso(createdAt) })),
    units: [...organisation.units.values()]
      .filter((unit) => isValid(unit.validity, day))
      .map(({ id, name, hours, mayOwn }) => ({ id, name, hours, mayOwn })),
  };
};

/** Who is on duty now and later, and who may be. */
export const readRota = async (ctx: Ctx) => {
  demand(ctx.actor, 'setup.read');
  const { organisation } = await currentWorld(ctx);
  const day = localDay(ctx.now);
  const units = [...organisation.units.values()].filter((u) => u.kind === 'duty-unit' && isValid(u.validity, day));
  const people = [...organisation.people.values()].filter((p) => isValid(p.validity, day));
  const titleOf = (id: string): string => organisation.people.get(id)?.title ?? id;
  const shifts = await findShifts(ctx.deps.db, ctx.scope, ctx.now);
  return {
    units: units.map(({ id, name, phone }) => ({
      id,
      name,
      phone,
      people: people.filter((p) => p.roles.some((r) => r.unit === id)).map((p) => ({ id: p.id, title: p.title })),
    })),
    shifts: shifts.map(({ from, until, person, ...shift }) => ({
      ...shift,
      person: { id: person, title: titleOf(person) },
      from: iso(from),
      until: iso(until),
    })),
  };
};

type Named = (id: string) => string;

const changeLine = (
  { payload, proposedAt, decidedAt, proposedBy, decidedBy, ...rest }: ProposedChange,
  named: Named,
  own: string | null,
) => ({
  ...rest,
  change: payload as RegulationChange | MatrixChange | UnitChange | PersonChange | DestructionChange,
  proposedBy: { id: proposedBy, title: named(proposedBy) },
  proposedAt: iso(proposedAt),
  decidedBy: decidedBy ? { id: decidedBy, title: named(decidedBy) } : null,
  decidedAt: decidedAt ? iso(decidedAt) : null,
  /** The asker proposed it, and may withdraw but not decide it. */
  own: proposedBy === own,
});

const asker = ({ actor }: Ctx): string | null => (actor.kind === 'person' ? actor.personId : null);

/** What is proposed and was decided of one kind, for whoever may see its changes. */
export const readChangesOf = async (ctx: Ctx, kind: string) => {
  demand(ctx.actor, changeKind(kind).read);
  const { people } = (await currentWorld(ctx)).organisation;
  const changes = await findChanges(ctx.deps.db, ctx.scope, DECIDED);
  return changes
    .filter((change) => change.kind === kind)
    .map((change) => changeLine(change, (id) => people.get(id)?.title ?? id, asker(ctx)));
};

/** What is proposed and was decided, and everything that has been done to the setup. */
export const readChanges = async (ctx: Ctx) => {
  demand(ctx.actor, 'setup.read');
  const { people } = (await currentWorld(ctx)).organisation;
  const named: Named = (id) => people.get(id)?.title ?? id;
  const changes = await findChanges(ctx.deps.db, ctx.scope, DECIDED);
  const events = await findSetupEvents(ctx.deps.db, ctx.scope, EVENTS);
  return {
    changes: changes.map((change) => changeLine(change, named, asker(ctx))),
    events: events.map(({ at, personId, ...event }) => ({
      ...event,
      name: setupEventName(event.kind),
      at: iso(at),
      person: personId ? named(personId) : null,
    })),
  };
};

/** How far a confirmed change of units has come, and what has followed. */
const followedOf = async (ctx: Ctx, { id, kind }: ProposedChange) => {
  if (kind !== 'units' && kind !== 'people') return null;
  const row = await findUnitChange(ctx.deps.db, ctx.scope, id);
  return row && { state: row.state, dueAt: iso(row.dueAt), moved: row.moved as Followed | null };
};

type Shown = {
  readonly kind?: string;
  /** How far a dry run over the past goes back. */
  readonly months?: number | undefined;
};

/**
 * One proposed change with its dry run: every open clock that it would give another due instant, or every past referral
 * that it would have sent elsewhere, and the digest to confirm it by. `problem`: why it is not possible any more.
 * Throws NOT_FOUND.
 */
export const readChange = async (ctx: Ctx, id: string, { kind = 'regulations', months }: Shown = {}) => {
  demand(ctx.actor, changeKind(kind).read);
  const { db } = ctx.deps;
  const { people, units } = (await currentWorld(ctx)).organisation;
  const change = await findChange(db, ctx.scope, id);
  if (change?.kind !== kind) throw new DomainError('NOT_FOUND');
  const line = changeLine(change, (personId) => people.get(personId)?.title ?? personId, asker(ctx));
  const followed = await followedOf(ctx, change);
  if (change.state !== 'proposed') return { ...line, dryRun: null, problem: null, followed };
  const nameOf = (unit: string): string => units.get(unit)?.name ?? unit;
  try {
    const asked = { ...change, ...(months === undefined ? {} : { months }) };
    const {
      moves,
      past,
      units: shown = null,
      person = null,
      destruction = null,
      digest,
    } = await prepareChange(ctx, db, asked, false);
    const named = moves.map((move) => ({ ...move, unitName: nameOf(move.unit) }));
    const elsewhere = past?.elsewhere.map(({ first, from, to, now, ...one }) => ({
      ...one,
      first: nameOf(first),
      from: nameOf(from),
      to: nameOf(to),
      now: nameOf(now),
    }));
    return {
      ...line,
      dryRun: {
        moves: named,
        past: past && elsewhere ? { ...past, elsewhere } : null,
        units: shown,
        person,
        destruction,
        digest,
      },
      problem: null,
      followed,
    };
  } catch (error) {
    if (error instanceof DomainError && error.reason) return { ...line, dryRun: null, problem: error.reason, followed };
    throw error;
  }
};
