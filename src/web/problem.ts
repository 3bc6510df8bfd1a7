import { ERROR_CODES, type ErrorCode, type FieldError, type Reason } from '#domain/errors.ts';

/** `OFFLINE`: nothing was answered, so it may help to try again. `INTERNAL`: an error that tells nothing. */
export type Problem = {
  readonly code: ErrorCode | 'OFFLINE' | 'INTERNAL';
  readonly reason: Reason | null;
  readonly fields: readonly FieldError[];
};

type Shape = { readonly data?: { code?: unknown; reason?: Reason | null; fields?: readonly FieldError[] } | null };

/** What the server said, whatever was thrown. */
export const problemOf = (error: unknown): Problem => {
  const data = (error as Shape | null)?.data;
  if (!data) return { code: 'OFFLINE', reason: null, fields: [] };
  const code = ERROR_CODES.find((known) => known === data.code) ?? 'INTERNAL';
  return { code, reason: data.reason ?? null, fields: data.fields ?? [] };
};

/** Somebody else has changed it since it was read. */
export const isOvertaken = ({ code }: Problem): boolean => code === 'STALE' || code === 'ILLEGAL_TRANSITION';
