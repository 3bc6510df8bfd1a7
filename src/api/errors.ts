import { TRPCError } from '@trpc/server';
import { ZodError } from 'zod';
import { ACT_LABELS } from '#domain/act-labels.ts';
import { DomainError, type ErrorCode, type FieldError, type Reason } from '#domain/errors.ts';
import { fieldErrors, refusedField } from '#domain/field-errors.ts';

/** Exhaustive: a new code does not compile before it has an answer. Out of scope answers like not there. */
const TRPC_CODES = {
  UNAUTHENTICATED: 'UNAUTHORIZED',
  INVALID: 'BAD_REQUEST',
  TOO_LARGE: 'PAYLOAD_TOO_LARGE',
  RATE_LIMITED: 'TOO_MANY_REQUESTS',
  NOT_FOUND: 'NOT_FOUND',
  OUT_OF_SCOPE: 'NOT_FOUND',
  ILLEGAL_TRANSITION: 'CONFLICT',
  STALE: 'CONFLICT',
  DUPLICATE: 'CONFLICT',
  WITHHELD: 'FORBIDDEN',
} as const satisfies Record<ErrorCode, TRPCError['code']>;

export type Problem = { code: ErrorCode | 'INTERNAL'; reason: Reason | null; fields: readonly FieldError[] };

/** What the outside is told of a failure: our own codes and sentences, and of everything else nothing. */
export const problemOf = (error: unknown): Problem => {
  const cause = error instanceof TRPCError ? (error.cause ?? error) : error;
  if (cause instanceof DomainError) {
    const code = cause.code === 'OUT_OF_SCOPE' ? 'NOT_FOUND' : cause.code;
    return { code, reason: cause.reason ?? null, fields: cause.fields };
  }
  if (cause instanceof ZodError) return { code: 'INVALID', reason: null, fields: fieldErrors(cause, ACT_LABELS) };
  if (!(error instanceof TRPCError)) return { code: 'INTERNAL', reason: null, fields: [] };
  const codes: Partial<Record<TRPCError['code'], ErrorCode>> = {
    PARSE_ERROR: 'INVALID',
    BAD_REQUEST: 'INVALID',
    UNSUPPORTED_MEDIA_TYPE: 'INVALID',
    METHOD_NOT_SUPPORTED: 'INVALID',
    PAYLOAD_TOO_LARGE: 'TOO_LARGE',
    NOT_FOUND: 'NOT_FOUND',
    UNAUTHORIZED: 'UNAUTHENTICATED',
  };
  const code = codes[error.code] ?? 'INTERNAL';
  // What cannot be read as a request of ours at all; what it was stays out of the answer.
  return { code, reason: null, fields: code === 'INVALID' ? [refusedField('', 'wrong-form')] : [] };
};

/** Somebody asked too much, by whichever of the limits. */
export const isRateLimited = (error: unknown): boolean => problemOf(error).code === 'RATE_LIMITED';

/** A domain refusal as tRPC's own error, so that the status is right. */
export const asTrpcError = (error: DomainError): TRPCError =>
  new TRPCError({ code: TRPC_CODES[error.code], message: error.code, cause: error });
