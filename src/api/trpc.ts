import { initTRPC } from '@trpc/server';
import { DomainError } from '#domain/errors.ts';
import { refuseField } from '#domain/field-errors.ts';
import type { Action } from '#domain/policy.ts';
import type { Ctx } from '#usecases/context.ts';
import type { ApiContext } from './context.ts';
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

const requestKey = (ctx: ApiContext, personId: string, path: string, input: unknown): Ctx['key'] => {
  if (ctx.idempotencyKey === null || !KEY.test(ctx.idempotencyKey)) {
    throw new DomainError('INVALID', {
      da: 'Idempotency-Key mangler eller er ikke 8–200 bogstaver, cifre og bindestreger.',
      en: 'Idempotency-Key is missing or is not 8–200 letters, digits and hyphens.',
    });
  }
  if (isDeeper(input, DEEPEST)) refuseField('', 'wrong-form');
  const { vault } = ctx.deps;
  return {
    keyHash: vault.index('idempotency', `key:${personId}:${ctx.idempotencyKey}`),
    requestHash: vault.index('idempotency', `body:${path}:${JSON.stringify(input)}`),
  };
};

/** For logged-in people. Mutations demand an Idempotency-Key; `act` is what use cases take. */
const procedure = t.procedure.use(async ({ ctx, next, type, path, getRawInput }) => {
  try {
    const { login } = ctx;
    if (login?.actor.kind !== 'person') throw new DomainError('UNAUTHENTICATED');
    // A mutation without input has an empty body; what cannot be read is refused where the input is.
    const input = type === 'mutation' ? await getRawInput().catch(() => undefined) : undefined;
    const key = type === 'mutation' ? requestKey(ctx, login.actor.personId, path, input) : null;
    const act: Ctx = { deps: ctx.deps, actor: login.actor, scope: login.scope, now: ctx.now, key };
    const { token, sessionId, endsAt } = login;
    const result = await next({ ctx: { act, token, sessionId, endsAt } });
    if (!result.ok && result.error.cause instanceof DomainError) throw result.error.cause;
    if (!result.ok && problemOf(result.error).code === 'INTERNAL') {
      ctx.deps.log.error('procedure.failed', { procedure: path }, result.error.cause ?? result.error);
    }
    return result;
  } catch (error) {
    throw error instanceof DomainError ? asTrpcError(error) : error;
  }
});

export const { router } = t;

/** A procedure of one action. */
export const doing = (action: Action) => procedure.meta({ action });
