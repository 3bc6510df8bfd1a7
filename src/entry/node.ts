import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { serve as listen } from '@hono/node-server';
import { getConnInfo } from '@hono/node-server/conninfo';
import { serveStatic } from '@hono/node-server/serve-static';
import type { Context, Hono } from 'hono';
import { createApp } from '#app';
import { systemClock } from '#platform/clock.ts';
import { productionEnv } from '#platform/env.ts';
import { createLiveHub } from '#platform/live.ts';
import { openIdProvider } from '#platform/login-provider.ts';
import { nodeDeps } from '#platform/node-deps.ts';
import { createLogger } from '#platform/pino-logger.ts';
import { StartError } from '#platform/start-error.ts';
import { visitorBehind } from '#platform/visitor.ts';

export type Listening = { readonly url: string; readonly close: () => Promise<void> };

/** The built pages; every address that is no file is answered by the page that routes by itself. */
export const servePages = (app: Hono, folder: string): void => {
  if (!existsSync(join(folder, 'index.html'))) {
    throw new StartError('The web pages are not built; run npm run build first.');
  }
  const cache = (path: string): string =>
    path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache';
  app.use('/*', serveStatic({ root: folder, onFound: (path, c) => c.header('cache-control', cache(path)) }));
  app.get(
    '/*',
    serveStatic({ root: folder, path: 'index.html', onFound: (_path, c) => c.header('cache-control', 'no-cache') }),
  );
};

/** Who has come, where so many proxies of our own stand in front. */
export const visitorsBehind =
  (hops: number) =>
  (c: Context): string | null => {
    const connection = getConnInfo(c).remote.address ?? null;
    return visitorBehind(hops, { connection, forwardedFor: c.req.header('x-forwarded-for') });
  };

/** What is let in before the app sees anything of it: bytes of all headers, and how long one may take to send. */
const PATIENCE = {
  maxHeaderSize: 16_384,
  headersTimeout: 15_000,
  requestTimeout: 60_000,
  keepAliveTimeout: 5_000,
  maxHeadersCount: 100,
} as const;

/** Listens until closed; without a host name on every address of the machine. Throws StartError when the port is in use. */
export const listenOn = (app: Hono, port: number, hostname?: string): Promise<Listening> =>
  new Promise((resolve, reject) => {
    const server = listen(
      { fetch: app.fetch, port, serverOptions: PATIENCE, ...(hostname === undefined ? {} : { hostname }) },
      (info) => {
        resolve({
          url: `http://localhost:${info.port}`,
          close: () =>
            new Promise((done) => {
              server.close(() => done());
              // Open pages hold a stream that never ends by itself.
              if ('closeAllConnections' in server) server.closeAllConnections();
            }),
        });
      },
    );
    server.once('error', (error: NodeJS.ErrnoException) => {
      const taken = error.code === 'EADDRINUSE';
      reject(taken ? new StartError(`Port ${port} is already in use; stop what uses it or set PORT.`) : error);
    });
  });

/** Where `npm run build` puts the pages, seen from this file there and from its source. */
const PAGES = ['../../web', '../../dist/web'].map((path) => join(import.meta.dirname, path));

/**
 * Production mode, HTTP half: serves until SIGINT or SIGTERM, then finishes what is being answered. Throws StartError
 * with one sentence for a setting at fault, a missing build or a port in use.
 */
export const serve = async (settings: NodeJS.ProcessEnv): Promise<void> => {
  const {
    databaseUrl,
    encryptionKeys: keys,
    publicUrl,
    port,
    trustedProxies,
    login,
    scannerUrl,
  } = productionEnv(settings);
  const log = createLogger('serve');
  const pages = PAGES.find((folder) => existsSync(join(folder, 'index.html'))) ?? PAGES[0] ?? '';
  const deps = nodeDeps({ databaseUrl, keys, publicUrl, training: false, clock: systemClock, log, scannerUrl });
  const live = createLiveHub(databaseUrl, log);
  try {
    const app = createApp({
      depsFor: () => deps,
      live,
      attachments: true,
      visitorOf: visitorsBehind(trustedProxies),
      login: { provider: openIdProvider(login), mapping: login.mapping },
      also: (routes) => servePages(routes, pages),
    });
    const server = await listenOn(app, port);
    log.info('serve.started', { port });
    await new Promise<void>((resolve) => {
      for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => resolve());
    });
    await server.close();
    log.info('serve.stopped');
  } finally {
    await live.close();
    await deps.db.$disconnect();
  }
};
