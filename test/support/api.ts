import { randomUUID } from 'node:crypto';
import { logIn, SESSION_COOKIE } from '#api/context.ts';
import { appRouter } from '#api/router.ts';
import { createApp } from '#app';
import type { FieldError, Reason } from '#domain/errors.ts';
import type { Deps } from '#platform/deps.ts';
import { makeWorld, type TestWorld } from './context.ts';
import { movableClock } from './jobs.ts';

/** What a procedure answered: `data` of a good answer, `problem` of a refusal, `text` every byte of either. */
export type Answer = {
  readonly status: number;
  readonly data: unknown;
  readonly problem: { code: string; reason: Reason | null; fields: FieldError[] } | null;
  readonly text: string;
  readonly headers: Headers;
};

export type Caller = {
  /** A procedure as the pages call it: always POST; a mutation with a key of its own unless one is named. */
  readonly call: (procedure: string, input?: unknown, request?: { key?: string }) => Promise<Answer>;
  /** Any request with this person's cookie, or this program's key. */
  readonly send: (path: string, init?: RequestInit) => Promise<Response>;
};

type Defined = { _def: { type: 'query' | 'mutation' | 'subscription'; meta?: { action?: string } } };
/** Every procedure of the router by its path. */
export const procedures = new Map<string, Defined>(
  Object.entries(appRouter._def.procedures as unknown as Record<string, Defined>),
);

const answerOf = async (response: Response): Promise<Answer> => {
  const text = await response.text();
  const body = JSON.parse(text || '{}') as { result?: { data?: unknown }; error?: { data?: Answer['problem'] } };
  const { status, headers } = response;
  return { status, data: body.result?.data, problem: body.error?.data ?? null, text, headers };
};

const json = { 'content-type': 'application/json' };

/** The HTTP app over a test's world, with a clock that the test moves, and people who log in to it. */
export const makeApi = ({ deps: given }: TestWorld, start: string) => {
  const clock = movableClock(start);
  const deps: Deps = { ...given, clock };
  const app = createApp({ depsFor: () => deps, limits: null, attachments: true });

  const callerWith = (proof: () => Promise<Readonly<Record<string, string>>>): Caller => {
    const send: Caller['send'] = async (path, init = {}) => {
      const headers = new Headers(init.headers);
      for (const [name, value] of Object.entries(await proof())) headers.set(name, value);
      return app.request(path, { ...init, headers });
    };
    const call: Caller['call'] = async (procedure, input, { key = randomUUID() } = {}) => {
      const mutation = procedures.get(procedure)?._def.type === 'mutation';
      const headers = { ...json, ...(mutation ? { 'idempotency-key': key } : {}) };
      const body = input === undefined ? null : JSON.stringify(input);
      return answerOf(await send(`/trpc/${procedure}`, { method: 'POST', headers, body }));
    };
    return { call, send };
  };

  type Cookie = { readonly cookie: string };
  const cookies = new Map<string, Promise<Cookie>>();
  const cookieOf = async (personId: string): Promise<Cookie> => ({
    cookie: `${SESSION_COOKIE}=${(await logIn(deps, personId)).token}`,
  });
  /** Logs in once and keeps the session. */
  const as = (personId: string): Caller =>
    callerWith(() => {
      const kept = cookies.get(personId) ?? cookieOf(personId);
      cookies.set(personId, kept);
      return kept;
    });
  /** A session of its own, which may end. */
  const afresh = (personId: string): Caller => {
    const cookie = cookieOf(personId);
    return callerWith(() => cookie);
  };
  /** A program with a key of its own. */
  const program = (secret: string): Caller => callerWith(async () => ({ authorization: `Bearer ${secret}` }));
  return { deps, app, clock, as, afresh, program, nobody: callerWith(async () => ({})) };
};

/** The same over a world of its own. */
export const openApi = async (start: string) => {
  const world = await makeWorld({ connections: 8 });
  return { ...makeApi(world, start), world, db: world.deps.db };
};
export type TestApi = Awaited<ReturnType<typeof openApi>>;

/** What a good answer holds; throws on any other. */
export const good = <Data>(answer: Answer): Data => {
  if (answer.status !== 200) throw new Error(`${answer.status} ${answer.text}`);
  return answer.data as Data;
};

export type Sent = { notificationId: string; receivedAt: string; referrals: { id: string; caseNumber: string }[] };

/** Sends a notification and answers its first referral, beside what the sender was answered. */
export const sendForm = async (caller: Caller, form: unknown): Promise<Sent & { referralId: string }> => {
  const sent = good<Sent>(await caller.call('notifications.submit', form));
  const [first] = sent.referrals;
  if (!first) throw new Error('no referral');
  return { ...sent, referralId: first.id };
};
