import { initTRPC, type TRPCError } from '@trpc/server';
import { DomainError } from '#domain/errors.ts';
import { refuseField } from '#domain/field-errors.ts';
import type { Action } from '#domain/policy.ts';
import type { Ctx } from '#usecases/context.ts';
import { type ApiContext, doorCtx } from './context.ts';
import { asTrpcError, problemOf } from './errors.ts';

/** Every procedure says which action of the policy it is; a test refuses one that does not. */
export type Meta = { readonly action: Action };

const t = initTRPC
  .context<ApiContext>()
  .meta<Meta>()
  .create({
    isDev: false,
    errorFormatter: ({ shape, error }) => {
      const problem = problemOf(error);
      return {
        ...shape,
        message: problem.code,
        data: { code: problem.code, httpStatus: shape.data.httpStatus, reason: problem.reason, fields: problem.fields },
      };
    },
  });

const KEY = /^[\w-]{8,200}$/;

/** Levels; no form of ours has half as many, and what walks a bottomless one runs out of stack. */
const DEEPEST = 32;
const isDeeper = (value: unknown, levels: number): boolean =>
  value !== null &&
  typeof value === 'object' &&
  (levels === 0 || Object.values(value).some((one) => isDeeper(one, levels - 1)));

/** Of an act's Idempotency-Key, bound to who asks for what. Throws INVALID without one. */
export const requestKey = (ctx: ApiContext, who: string, path: string, input: unknown): Ctx['key'] => {
  if (ctx.idempotencyKey === null || !KEY.test(ctx.idempotencyKey)) {
    throw new DomainError('INVALID', {
      da: 'Idempotency-Key mangler eller er ikke 8–200 bogstaver, cifre og bindestreger.',
      en: 'Idempotency-Key is missing or is not 8–200 letters, digits and hyphens.',
    });
  }
  if (isDeeper(input, DEEPEST)) refuseField('', 'wrong-form');
  const { vault } = ctx.deps;
  return {
    keyHash: vault.index('idempotency', `key:${who}:${ctx.idempotencyKey}`),
    requestHash: vault.index('idempotency', `body:${path}:${JSON.stringify(input)}`),
  };
};

type Request = { type: 'query' | 'mutation' | 'subscription'; path: string; getRawInput: () => Promise<unknown> };

/** A mutation's key; it demands one. */
const keyOf = async (ctx: ApiContext, who: string, { type, path, getRawInput }: Request): Promise<Ctx['key']> => {
  if (type !== 'mutation') return null;
  // A mutation without input has an empty body; what cannot be read is refused where the input is.
  return requestKey(ctx, who, path, await getRawInput().catch(() => undefined));
};

type Result = { readonly ok: true } | { readonly ok: false; readonly error: TRPCError };

type Told = { readonly failed: (error: unknown) => void; readonly refused: (code: string) => void };

/** Refusals get their own code and status; of what else fails only the log is told. */
const answering = async <R extends Result>(work: () => Promise<R>, told: Told): Promise<R> => {
  try {
    const result = await work();
    if (!result.ok && result.error.cause instanceof DomainError) throw result.error.cause;
    const code = result.ok ? null : problemOf(result.error).code;
    if (!result.ok && code === 'INTERNAL') told.failed(result.error.cause ?? result.error);
    else if (code) told.refused(code);
    return result;
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    told.refused(error.code);
    throw asTrpcError(error);
  }
};

const failed =
  ({ deps }: ApiContext, procedure: string) =>
  (error: unknown) =>
    deps.log.error('procedure.failed', { procedure }, error);

/** What somebody who is logged in asked for and may not, or in a form that no page of ours sends, as the log tells it. */
const refused =
  ({ deps, login, machine }: ApiContext, procedure: string) =>
  (code: string): void => {
    const actor = (machine ?? login)?.actor;
    if (actor?.kind === 'person') deps.log.warn('procedure.refused', { procedure, code, personId: actor.personId });
  };

/** For logged-in people. Mutations demand an Idempotency-Key; `act` is what use cases take. */
const procedure = t.procedure.use(({ ctx, next, meta, ...request }) =>
  answering(
    async () => {
      const { login, machine } = ctx;
      // What its key is not for is to a program like what is not there.
      if (machine && !(meta && machine.actions.has(meta.action))) throw new DomainError('OUT_OF_SCOPE');
      const asks = machine ?? login;
      if (asks?.actor.kind !== 'person') throw new DomainError('UNAUTHENTICATED');
      const { actor, scope } = asks;
      const key = await keyOf(ctx, machine?.program ?? asks.actor.personId, request);
      const act: Ctx = { deps: ctx.deps, actor, scope, now: ctx.now, key };
      // A program has no session.
      const { token, sessionId, endsAt } = login ?? { token: '', sessionId: '', endsAt: null };
      return next({ ctx: { act, token, sessionId, endsAt } });
    },
    { failed: failed(ctx, request.path), refused: refused(ctx, request.path) },
  ),
);

/** Of this one no line tells when somebody tried; whoever tried is told, with the number to call. */
const UNLOGGED = 'door.submit-anonymously' satisfies Action;

/** The same for whoever comes to the door without a login; a login of the same browser is left aside. */
const doorProcedure = t.procedure.use(({ ctx, next, meta, ...request }) =>
  answering(
    async () => next({ ctx: { act: doorCtx(ctx, await keyOf(ctx, 'door', request)) } }),
    // Who comes to the door is nobody that a line could name.
    { failed: meta?.action === UNLOGGED ? () => undefined : failed(ctx, request.path), refused: () => undefined },
  ),
);

export const { router } = t;

/** A procedure of one action. */
export const doing = (action: Action) => procedure.meta({ action });
export const doingAtDoor = (action: Action) => doorProcedure.meta({ action });
