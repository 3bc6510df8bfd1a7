import { handlersAt } from '#domain/colleagues.ts';
import { canonical } from '#domain/journal.ts';
import type { Organisation, Person } from '#domain/organisation.ts';
import { isValid } from '#domain/organisation-tree.ts';
import { isPersonChange, organisationWith, type PersonChange, personChange } from '#domain/person-change.ts';
import { demandPersonChange, mayDecideAlone } from '#domain/person-change-checks.ts';
import { answeredForBy, lacksAfter, sayLost } from '#domain/person-touch.ts';
import { isThere } from '#domain/recipients.ts';
import { type LocalDay, localDay, T } from '#domain/time.ts';
import { answersFor, whyGone } from '#domain/unattended.ts';
import { takesPlaceAt } from '#domain/unit-plan.ts';
import type { Tx } from '#store/db.ts';
import { countPersonWork, findCasesInHand, findDisputesToSettle } from '#store/person-work.ts';
import { findOpenUnitChanges, insertUnitChange } from '#store/unit-changes.ts';
import type { Ctx } from './context.ts';
import { parseChange } from './parse-change.ts';
import type { Prepare, ShownPerson } from './prepared-change.ts';
import { currentWorld } from './world.ts';

const MOST_LISTED = 200;
const MOST_DISPUTES = 2_000;

/** Nobody says alone what they are themselves. */
const isAboutAsker = ({ actor }: Ctx, { person }: PersonChange): boolean =>
  actor.kind === 'person' && actor.personId === person;

/** Giving or taking a role that sees beyond a unit takes two people; everything else one, who has seen the dry run. */
export const maySettleAlone = async (ctx: Ctx, tx: Tx, payload: unknown): Promise<boolean> => {
  const change = parseChange(personChange, payload);
  return !isAboutAsker(ctx, change) && mayDecideAlone(change, (await currentWorld(ctx, tx)).organisation);
};

const NO_WORK = { cases: 0, reassessments: 0, letters: 0, tasks: 0, shifts: 0 };
const titled = ({ id, title }: Person) => ({ id, title });

const shownOf = async (ctx: Ctx, tx: Tx, change: PersonChange, before: Organisation): Promise<ShownPerson> => {
  const on = T.PlainDate.from(change.on);
  const after = organisationWith(before, change);
  const id = change.person;
  const side = { before, after, on };
  const named = (unit: string) => ({ id: unit, name: after.units.get(unit)?.name ?? unit });
  const rolesIn = ({ people }: Organisation, day: LocalDay) => {
    const person = people.get(id);
    if (!person || !isValid(person.validity, day)) return [];
    return person.roles
      .filter(({ validity }) => isValid(validity, day))
      .map(({ role, unit }) => ({ role, unit: named(unit) }));
  };
  const cases = await findCasesInHand(tx, ctx.scope, id, MOST_LISTED);
  const disputes = await findDisputesToSettle(tx, ctx.scope, MOST_DISPUTES);
  return {
    what: change.what,
    on: change.on,
    alone: !isAboutAsker(ctx, change) && mayDecideAlone(change, before),
    person: { id, title: after.people.get(id)?.title ?? id },
    before: rolesIn(before, on),
    after: rolesIn(after, on),
    counts: (await countPersonWork(tx, ctx.scope, id, ctx.now)) ?? NO_WORK,
    cases: cases.flatMap(({ unit, ...one }) => {
      const why = whyGone(id, unit, after, on);
      if (why === null) return [];
      const answers = answersFor(id, why, after, on);
      const there = handlersAt(after, unit, on).filter((p) => isThere(p.id, after, on));
      return [{ ...one, unit: named(unit), answers: answers && titled(answers), colleagues: there.length }];
    }),
    answersFor: change.what === 'person-roles' ? [] : answeredForBy(id, after, on).map(titled),
    disputes: disputes.flatMap((dispute) => {
      const say = sayLost(id, dispute, side);
      const { caseNumber, kind, step } = dispute;
      return say ? [{ caseNumber, kind, step, as: say.as, instead: say.instead.map(titled) }] : [];
    }),
    lacks: lacksAfter(id, side).map(({ unit, role, instead }) => ({
      unit: named(unit),
      role,
      instead: instead.map(titled),
    })),
  };
};

/**
 * Somebody joins, leaves, moves or gets other roles on a day. The digest covers who they are before and after; how much
 * they have in hand changes by the minute, and stands wherever the day leaves it.
 */
export const preparePeople: Prepare = async (ctx, tx, { id, payload }) => {
  const change = parseChange(personChange, payload);
  const { organisation } = await currentWorld(ctx, tx);
  const planned = await findOpenUnitChanges(tx, ctx.scope);
  const changing = planned.flatMap((one) => (isPersonChange(one.change) ? [one.change.person] : []));
  demandPersonChange(change, organisation, { changing, today: localDay(ctx.now) });
  const personId = change.person;
  const [was, is] = [organisation, organisationWith(organisation, change)].map(({ people }) => people.get(personId));
  const covered = canonical(JSON.parse(JSON.stringify([id, change, was ?? null, is ?? null])));
  const dueAt = takesPlaceAt({ on: T.PlainDate.from(change.on) });
  return {
    moves: [],
    person: await shownOf(ctx, tx, change, organisation),
    digest: Buffer.from(ctx.deps.vault.digest(covered)).toString('hex'),
    write: () => insertUnitChange(tx, ctx.scope, { id, change, dueAt }),
  };
};
