import type { Context } from 'hono';
import { createApp } from '#app';
import type { Deps } from '#platform/deps.ts';
import { workerEnv } from '#platform/env.ts';
import { openIdProvider } from '#platform/login-provider.ts';
import { StartError } from '#platform/start-error.ts';
import { counted } from '#platform/visitor.ts';
import { workerDeps } from '#platform/worker-deps.ts';

/** What `wrangler.toml` binds. The texts beside the database are checked by `workerEnv`. */
type Bindings = Readonly<Record<string, unknown>> & { readonly HYPERDRIVE: { readonly connectionString: string } };
type Execution = { readonly waitUntil: (promise: Promise<unknown>) => void };
type Handle = (request: Request, bindings: Bindings, execution: Execution) => Promise<Response>;

const refuseAll = (sentence: string): Handle => {
  const body = JSON.stringify({ type: 'about:blank', status: 503, code: 'UNAVAILABLE', detail: sentence });
  return async () => new Response(body, { status: 503, headers: { 'content-type': 'application/problem+json' } });
};

/** Cloudflare writes it itself; what a visitor sends under that name is replaced. */
const visitorOf = (c: Context): string | null => counted(c.req.header('cf-connecting-ip'));

const serving = (bindings: Bindings): Handle => {
  const env = workerEnv(bindings);
  const depsOf = workerDeps(env);
  const login = env.login && { provider: openIdProvider(env.login), mapping: env.login.mapping };
  const app = createApp({
    depsFor: (c): Deps => c.env.deps,
    training: env.training,
    visitorOf,
    ...(login ? { login } : {}),
  });
  return async (request, { HYPERDRIVE }, execution) => {
    const deps = depsOf(HYPERDRIVE.connectionString);
    try {
      return await app.fetch(request, { deps });
    } finally {
      const closed = deps.db.$disconnect();
      execution.waitUntil(closed.catch((error) => deps.log.warn('database.close-failed', {}, error)));
    }
  };
};

/** A Worker cannot refuse to start, so it answers every request with the sentence that a Node process would end with. */
const start = (bindings: Bindings): Handle => {
  try {
    return serving(bindings);
  } catch (error) {
    if (error instanceof StartError) return refuseAll(error.message);
    throw error;
  }
};

let handle: Handle | null = null;

/**
 * Cloudflare Workers: HTTP only. No live stream and no jobs: pages ask again by themselves, and what is written here
 * leaves by the outbox of a jobs process on Node, on the same database.
 */
export default {
  fetch: (request, bindings, execution) => {
    handle ??= start(bindings);
    return handle(request, bindings, execution);
  },
} satisfies { fetch: Handle };
