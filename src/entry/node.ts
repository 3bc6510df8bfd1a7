import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { serve as listen } from '@hono/node-server';
import { serveStatic } from '@hono/node-server/serve-static';
import type { Hono } from 'hono';
import { productionEnv } from '#platform/env.ts';
import { noRealLogin, StartError } from '#platform/start-error.ts';

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

/** Listens until closed. Throws StartError when the port is in use. */
export const listenOn = (app: Hono, port: number, hostname: string): Promise<Listening> =>
  new Promise((resolve, reject) => {
    const server = listen({ fetch: app.fetch, port, hostname }, (info) => {
      resolve({
        url: `http://localhost:${info.port}`,
        close: () =>
          new Promise((done) => {
            server.close(() => done());
            // Open pages hold a stream that never ends by itself.
            if ('closeAllConnections' in server) server.closeAllConnections();
          }),
      });
    });
    server.once('error', (error: NodeJS.ErrnoException) => {
      const taken = error.code === 'EADDRINUSE';
      reject(taken ? new StartError(`Port ${port} is already in use; stop what uses it or set PORT.`) : error);
    });
  });

/** Production mode. Refuses to start, with one sentence. */
export const serve = async (env: NodeJS.ProcessEnv): Promise<never> => {
  productionEnv(env);
  throw noRealLogin();
};
