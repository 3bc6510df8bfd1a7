import { dutyUnit, isValid } from '#domain/organisation-tree.ts';
import { demand } from '#domain/policy.ts';
import { localDay } from '#domain/time.ts';
import type { Ctx } from './context.ts';
import { currentWorld } from './world.ts';

const INSTITUTIONS: ReadonlySet<string> = new Set(['school', 'daycare', 'health-visitors']);

/** What the form chooses from: institutions, needs, departments, units that own cases, and the number to call now. */
export const readFormChoices = async (ctx: Ctx) => {
  demand(ctx.actor, 'organisation.read');
  const { organisation } = await currentWorld(ctx);
  const day = localDay(ctx.now);
  const units = [...organisation.units.values()].filter((u) => isValid(u.validity, day));
  return {
    institutions: units.filter((u) => INSTITUTIONS.has(u.kind)).map(({ id, name, kind }) => ({ id, name, kind })),
    needs: organisation.matrix.filter((m) => isValid(m.validity, day)).map(({ id, need }) => ({ id, need })),
    departments: [...organisation.departments.values()],
    inquiryUnits: units.filter((u) => u.mayOwn.includes('inquiry')).map(({ id, name }) => ({ id, name })),
    caseUnits: units.filter((u) => u.mayOwn.includes('notification')).map(({ id, name }) => ({ id, name })),
    acutePhone: dutyUnit(organisation, day).phone,
  };
};
