import type { Code } from '#domain/codes.ts';
import { dutyUnit, isValid } from '#domain/organisation-tree.ts';
import { demand } from '#domain/policy.ts';
import { phoneAt } from '#domain/rota.ts';
import { iso, localDay } from '#domain/time.ts';
import type { Ctx } from './context.ts';
import { currentWorld } from './world.ts';

const INSTITUTIONS: ReadonlySet<string> = new Set(['school', 'daycare', 'health-visitors']);

type Listed = Code<string | number> & { readonly source: string };
const withoutSource = <Row extends Listed>(rows: readonly Row[]): Omit<Row, 'source'>[] =>
  rows.map(({ source: _source, ...row }) => row);

/**
 * What the forms choose from: institutions, needs, departments, units that own cases, the code lists with everything that
 * was ever on them, the paragraphs of each law, and the number to call now.
 */
const choices = async (ctx: Ctx) => {
  const { organisation, rulebook } = await currentWorld(ctx);
  const { notifiers, reasons, measures } = rulebook.codes;
  const day = localDay(ctx.now);
  const units = [...organisation.units.values()].filter((u) => isValid(u.validity, day));
  return {
    institutions: units.filter((u) => INSTITUTIONS.has(u.kind)).map(({ id, name, kind }) => ({ id, name, kind })),
    needs: organisation.matrix
      .filter((m) => isValid(m.validity, day))
      .map(({ id, need, needEn }) => ({ id, need, needEn })),
    departments: [...organisation.departments.values()],
    inquiryUnits: units.filter((u) => u.mayOwn.includes('inquiry')).map(({ id, name }) => ({ id, name })),
    caseUnits: units.filter((u) => u.mayOwn.includes('notification')).map(({ id, name }) => ({ id, name })),
    codes: {
      notifiers: withoutSource(notifiers),
      reasons: withoutSource(reasons),
      measures: withoutSource(measures),
    },
    laws: rulebook.laws.map(({ id, from, references }) => ({ id, from, references })),
    acutePhone: phoneAt(dutyUnit(organisation, day).id, organisation, ctx.now),
  };
};

/** For whoever is logged in. */
export const readFormChoices = (ctx: Ctx) => {
  demand(ctx.actor, 'organisation.read');
  return choices(ctx);
};

/** For the door without a login: the same but for the units inside, and what a session else tells. */
export const readDoorChoices = async (ctx: Ctx) => {
  demand(ctx.actor, 'door.look');
  const all = await choices(ctx);
  return { ...all, inquiryUnits: [], caseUnits: [], training: ctx.deps.training, now: iso(ctx.now) };
};
