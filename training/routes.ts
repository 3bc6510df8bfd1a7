import type { Hono } from 'hono';
import { z } from 'zod';
import { type Instant, instant, iso, T } from '#domain/time.ts';
import type { Jobs } from '#jobs/main.ts';
import type { Deps } from '#platform/deps.ts';
import { moveClock } from './clock.ts';
import { loadExamples } from './examples.ts';
import type { SmtpCatcher } from './smtp-catcher.ts';

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

/** Training mode only: move the clock, read the mail. In production these routes do not exist. */
export const trainingRoutes = (deps: Deps, jobs: Jobs, catcher: SmtpCatcher) => (app: Hono) => {
  const refuse = (reason: string): Response =>
    Response.json(
      { code: 'INVALID', reason },
      { status: 400, headers: { 'content-type': 'application/problem+json' } },
    );
  let moving: Promise<void> = Promise.resolve();

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
