import { trpcServer } from '@hono/trpc-server';
import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { getCookie } from 'hono/cookie';
import { HTTPException } from 'hono/http-exception';
import { streamSSE } from 'hono/streaming';
import { attachmentRoutes, FILES } from '#api/attachments.ts';
import { type ApiContext, cookieName, createContext, healthOf, SESSION_COOKIE } from '#api/context.ts';
import { guardedAnswers, keptByNobody, ownPagesOnly, sandboxed } from '#api/defences.ts';
import { isRateLimited } from '#api/errors.ts';
import { type Login, loginRoutes, sessionCookie } from '#api/login.ts';
import { A_MINUTE, createPace, LIMITS, type Limits, tooBusy, tooMuch } from '#api/pace.ts';
import { problem } from '#api/problem.ts';
import { appRouter } from '#api/router.ts';
import { trainingLogin } from '#api/training-login.ts';
import type { Deps } from '#platform/deps.ts';
import type { LiveHub } from '#platform/live.ts';

/** More than a long notification with ten children takes. Bytes. */
const MOST_BYTES = 1_000_000;
const PING_MS = 25_000;

export type AppOptions = {
  /** Answers the dependencies of a request: the process's own under Node, the request's own under Workers. */
  readonly depsFor: (c: Context) => Deps;
  /** Login by OpenID Connect. */
  readonly login?: Login;
  /** Everybody may log in as anybody. */
  readonly training?: boolean;
  /** More routes of the composition root: the built pages, and in training mode the training routes. */
  readonly also?: (app: Hono) => void;
  /** Where a request comes from, for counting; behind a proxy only the proxy can tell. Null: not known. */
  readonly visitorOf?: (c: Context) => string | null;
  /** Changes for open pages; absent under Workers, where pages ask again by themselves. */
  readonly live?: LiveHub;
  /** Files are taken and given, as under Node; elsewhere whoever asks is told that they are not. */
  readonly attachments?: boolean;
  /** How much may be asked, where it is not as everywhere; null: as much as anybody likes. */
  readonly limits?: Limits | null;
};

/** The page asks by itself, and nobody has touched it for a while. */
const IDLE_HEADER = 'bindeled-idle';

const DOOR = '/trpc/door.';

/** What a program sends instead of a cookie. */
const keyIn = (authorization: string | undefined): string | null =>
  /^Bearer +([\w-]{1,200})$/i.exec(authorization ?? '')?.[1] ?? null;

/** Whoever asked has left before all of it had come: nothing failed here, and nobody hears the answer. */
const isLeft = (c: Context, error: Error): boolean =>
  c.req.raw.signal.aborted && error.message === 'aborted' && 'code' in error && error.code === 'ECONNRESET';

/** The one HTTP app of both entries. Answers nothing of an internal error but that there was one. */
export const createApp = (options: AppOptions): Hono => {
  const { depsFor, visitorOf, live, login, training, also, limits = LIMITS } = options;
  const app = new Hono();
  const pace = limits && createPace(limits);
  const leaving = new WeakMap<Context, () => void>();
  const contextOf = (c: Context, { idle }: { readonly idle: boolean }): Promise<ApiContext> => {
    const deps = depsFor(c);
    return createContext(deps, {
      // Whoever comes to the door comes without a login: a session of the same browser would note that they did, and when.
      token: c.req.path.startsWith(DOOR) ? null : (getCookie(c, cookieName(deps, SESSION_COOKIE)) ?? null),
      machineKey: c.req.path.startsWith(DOOR) ? null : keyIn(c.req.header('authorization')),
      idempotencyKey: c.req.header('idempotency-key') ?? null,
      idle,
      visitor: visitorOf?.(c) ?? null,
    });
  };
  const enter = async (c: Context, { deps, now, login: who, machine, visitor }: ApiContext): Promise<void> => {
    const person = who?.actor.kind === 'person' ? who.actor.personId : (machine?.actor.personId ?? null);
    const door = c.req.path.startsWith(DOOR);
    const leave = await pace?.enter(deps, now, { person, visitor, door });
    if (leave) leaving.set(c, leave);
  };
  /** Who asks, counted; a session that was renewed by it is told. */
  const entered = async (c: Context, tell: (cookie: string) => void): Promise<ApiContext> => {
    const context = await contextOf(c, { idle: c.req.header(IDLE_HEADER) !== undefined });
    const renewed = context.login?.renewed;
    if (renewed) tell(sessionCookie(context.deps, renewed));
    await enter(c, context);
    return context;
  };
  app.use(`${FILES}*`, sandboxed);
  app.use(guardedAnswers);
  app.use(...ownPagesOnly(depsFor));
  if (pace) {
    app.use(async (c, next) => {
      if (c.req.path.startsWith('/health/')) return next();
      const over = pace.begin();
      if (!over) return tooBusy();
      try {
        return await next();
      } finally {
        over();
        leaving.get(c)?.();
      }
    });
  }
  // The rest of the body stays unread, so the connection cannot be used again.
  const tooLarge = (): Response => problem(413, 'TOO_LARGE', { headers: { connection: 'close' } });
  const counted = bodyLimit({ maxSize: MOST_BYTES, onError: tooLarge });
  // Whoever tells the length is taken at their word: counting makes a stream of the body, 4 % of a submission.
  app.use((c, next) => {
    if (c.req.path.startsWith(FILES)) return next();
    const length = c.req.header('content-length');
    if (length === undefined || c.req.header('transfer-encoding') !== undefined) return counted(c, next);
    return Number(length) > MOST_BYTES ? Promise.resolve(tooLarge()) : next();
  });
  app.get('/health/live', (c) => c.json({ live: true }));
  app.get('/health/ready', async (c) => {
    const health = await healthOf(depsFor(c));
    return c.json(health, health.ready ? 200 : 503);
  });
  for (const path of ['/trpc/*', '/login', '/login/*', '/logout', '/training/*']) app.use(path, keptByNobody);
  // What is asked may hold a CPR, and an address ends in logs and histories: everything is asked by POST.
  app.get('/trpc/*', () => problem(405, 'INVALID'));
  app.use(
    '/trpc/*',
    trpcServer({
      router: appRouter,
      allowMethodOverride: true,
      allowBatching: false,
      createContext: async ({ resHeaders }, c) => {
        return { ...(await entered(c, (cookie) => resHeaders.append('set-cookie', cookie))) };
      },
      responseMeta: ({ errors }) => (errors.some(isRateLimited) ? { headers: A_MINUTE } : {}),
    }),
  );
  attachmentRoutes(app, {
    kept: options.attachments ?? false,
    enter: (c) => entered(c, (cookie) => c.header('set-cookie', cookie, { append: true })),
  });
  app.get('/events', async (c) => {
    const { login: who, deps, now } = await contextOf(c, { idle: true });
    if (who?.actor.kind !== 'person' || !live) return problem(404, 'NOT_FOUND');
    const { sessionId, actor, scope } = who;
    const over = pace ? pace.listen(deps, now, actor.personId) : (): void => undefined;
    if (!over) return tooMuch();
    const units = scope.unitIds === 'all' ? [] : scope.unitIds;
    return streamSSE(c, async (stream) => {
      let end = (): void => undefined;
      const ended = new Promise<void>((resolve) => {
        end = resolve;
      });
      const stop = live.subscribe({ units, personId: actor.personId, sessionId }, (what) => {
        const written = stream.writeSSE({ event: 'changed', data: JSON.stringify({ what }) });
        if (what === 'ended') void written.finally(end);
      });
      const ping = setInterval(() => void stream.writeSSE({ event: 'ping', data: '' }), PING_MS);
      stream.onAbort(end);
      await stream.writeSSE({ event: 'ready', data: '' });
      await ended;
      clearInterval(ping);
      stop();
      over();
    });
  });
  if (login) {
    for (const path of ['/login', '/login/*', '/logout']) {
      app.use(path, async (c, next) => {
        const { clock } = depsFor(c);
        const [now, visitor] = [await clock.now(), visitorOf?.(c) ?? null];
        const leave = await pace?.enter(depsFor(c), now, { person: null, visitor, door: false });
        if (leave) leaving.set(c, leave);
        return next();
      });
    }
    loginRoutes(app, depsFor, login);
  }
  if (training) trainingLogin(app, depsFor);
  // Before the pages, which answer every other address.
  else app.all('/training/*', () => problem(404, 'NOT_FOUND'));
  also?.(app);
  app.notFound(() => problem(404, 'NOT_FOUND'));
  app.onError((error, c) => {
    if (isRateLimited(error)) return tooMuch();
    if (error instanceof HTTPException) return problem(error.status, error.status === 403 ? 'OUT_OF_SCOPE' : 'INVALID');
    if (isLeft(c, error)) return problem(400, 'INVALID');
    depsFor(c).log.error('request.failed', { route: c.req.path, method: c.req.method }, error);
    return problem(500, 'INTERNAL');
  });
  return app;
};
