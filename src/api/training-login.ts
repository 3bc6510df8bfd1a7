import type { Context, Hono } from 'hono';
import { z } from 'zod';
import { isValid } from '#domain/organisation-tree.ts';
import { localDay } from '#domain/time.ts';
import type { Deps } from '#platform/deps.ts';
import { logIn, municipalityOf } from './context.ts';
import { sessionCookie } from './login.ts';

const login = z.strictObject({ person: z.string().max(120) });

/** Training mode only: be anybody. In production these routes do not exist. */
export const trainingLogin = (app: Hono, depsFor: (c: Context) => Deps): void => {
  app.get('/training/people', async (c) => {
    const deps = depsFor(c);
    const organisation = await municipalityOf(deps);
    const today = localDay(await deps.clock.now());
    const people = [...organisation.people.values()].filter((p) => isValid(p.validity, today));
    return c.json(
      people.map(({ id, title, unit, roles }) => {
        const { name, department } = organisation.units.get(unit) ?? { name: unit, department: '' };
        return { id, title, unit, unitName: name, department, roles: roles.map((r) => r.role) };
      }),
    );
  });
  app.post('/training/login', async (c) => {
    const deps = depsFor(c);
    const body = login.safeParse(await c.req.json().catch(() => null));
    const { people } = await municipalityOf(deps);
    if (!body.success || !people.has(body.data.person)) {
      const refusal = { code: 'INVALID', reason: 'person: there is no such person' };
      return c.json(refusal, 400, { 'content-type': 'application/problem+json' });
    }
    const { token } = await logIn(deps, body.data.person);
    c.header('set-cookie', sessionCookie(deps, token));
    return c.json({ person: body.data.person });
  });
};
