import { UnrecoverableError } from 'bullmq';
import { DomainError, type ErrorCode } from '#domain/errors.ts';

/**
 * What a refusal means to a job. `retry`: the next attempt reads the state anew and may pass. `discard`: the same job
 * meets the same refusal for ever.
 */
export const ON_REFUSAL = {
  UNAUTHENTICATED: 'discard',
  INVALID: 'discard',
  TOO_LARGE: 'discard',
  RATE_LIMITED: 'retry',
  NOT_FOUND: 'discard',
  OUT_OF_SCOPE: 'discard',
  ILLEGAL_TRANSITION: 'discard',
  STALE: 'retry',
  DUPLICATE: 'discard',
  WITHHELD: 'discard',
} as const satisfies Record<ErrorCode, 'retry' | 'discard'>;

const codeOf = (error: unknown): string => (error instanceof DomainError ? error.code : 'INTERNAL');

/**
 * The error to hand to BullMQ, which keeps its message and stack with the job: only a code, because a library's
 * message may quote a row or an address. Only BullMQ's own UnrecoverableError ends the attempts.
 */
export const forQueue = (error: unknown): { readonly error: Error; readonly code: string; readonly final: boolean } => {
  const code = codeOf(error);
  const final = error instanceof DomainError && ON_REFUSAL[error.code] === 'discard';
  const bare = final ? new UnrecoverableError(code) : new Error(code);
  bare.stack = code;
  return { error: bare, code, final };
};
