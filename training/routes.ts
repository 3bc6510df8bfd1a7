import type { Hono } from 'hono';
import { setCookie } from 'hono/cookie';
import { z } from 'zod';
import { logIn, SESSION_COOKIE } from '#api/context.ts';
import { isValid } from '#domain/organisation-tree.ts';
import { mintScope } from '#domain/scope.ts';
import { type Instant, instant, iso, localDay, T } from '#domain/time.ts';
import type { Jobs } from '#jobs/main.ts';
import type { Deps } from '#platform/deps.ts';
import { currentWorld } from '#usecases/world.ts';
import { moveClock } from './clock.ts';
import { loadExamples } from './examples.ts';
import type { SmtpCatcher } from './smtp-catcher.ts';

const login = z.strictObject({ person: z.string().max(120) });
const move = z.union([z.strictObject({ advance: z.string().max(40) }), z.strictObject({ to: z.string().max(60) })]);

/** ISO 8601 duration or instant → where the clock shall stand; null when it is neither. Days and months are local. */
const targetOf = (body: z.infer<typeof move>, now: Instant): Instant | null => {
  try {
    if ('to' in body) return instant(body.to);
    const local = now.toZonedDateTimeISO('Europe/Copenhagen');
    return local.add(T.Duration.from(body.advance)).toInstant();
  } catch {
    return null;
  }
};

/** Training mode only: be anybody, move the clock, read the mail. In production these routes do not exist. */
export const trainingRoutes = (deps: Deps, jobs: Jobs, catcher: SmtpCatcher) => (app: Hono) => {
  const scope = mintScope({ personId: null, unitIds: 'all' });
  const refuse = (reason: string): Response =>
    Response.json(
      { code: 'INVALID', reason },
      { status: 400, headers: { 'content-type': 'application/problem+json' } },
    );
  let moving: Promise<void> = Promise.resolve();

  app.get('/training/people', async (c) => {
    const { organisation } = await currentWorld({ deps, scope });
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
    const body = login.safeParse(await c.req.json().catch(() => null));
    const { organisation } = await currentWorld({ deps, scope });
    if (!body.success || !organisation.people.has(body.data.person)) return refuse('person: there is no such person');
    const { token } = await logIn(deps, body.data.person);
    setCookie(c, SESSION_COOKIE, token, { httpOnly: true, sameSite: 'Strict', path: '/' });
    return c.json({ person: body.data.person });
  });
  app.get('/training/clock', async (c) => c.json({ now: iso(await deps.clock.now()) }));
  app.post('/training/clock', async (c) => {
    const body = move.safeParse(await c.req.json().catch(() => null));
    const now = await deps.clock.now();
    const to = body.success ? targetOf(body.data, now) : null;
    if (!to) return refuse('advance: an ISO 8601 duration such as P3D, or to: an instant with its offset');
    if (to.epochMilliseconds < now.epochMilliseconds) return refuse('to: the clock only moves forward');
    // One after the other: two moves at once would pull the clock to and fro.
    const turn = moving.then(async () => {
      const from = await deps.clock.now();
      const goal = 'to' in (body.data ?? {}) ? to : (targetOf(body.data as z.infer<typeof move>, from) ?? to);
      if (goal.epochMilliseconds >= from.epochMilliseconds) await moveClock(deps.db, jobs, from, goal);
    });
    moving = turn.catch(() => undefined);
    await turn;
    return c.json({ now: iso(await deps.clock.now()) });
  });
  app.get('/training/mailbox', (c) =>
    c.json(
      catcher
        .list()
        .map(({ id, to, from, subject, text, sentAt }) => ({ id, at: sentAt, to: to.join(', '), from, subject, text }))
        .toReversed(),
    ),
  );
  app.post('/training/examples', async (c) => c.json({ loaded: await loadExamples(deps) }));
  app.all('/training/*', (c) => c.json({ code: 'NOT_FOUND' }, 404));
};
