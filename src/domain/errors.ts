/** Every refusal that the product itself makes. Anything else is an internal error and tells nothing. */
export const ERROR_CODES = [
  'UNAUTHENTICATED',
  'INVALID',
  'TOO_LARGE',
  'RATE_LIMITED',
  'NOT_FOUND',
  'OUT_OF_SCOPE',
  'ILLEGAL_TRANSITION',
  'STALE',
  'DUPLICATE',
  'WITHHELD',
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

/** A reason in both languages of the screen. Never holds what the person typed. */
export type Reason = { readonly da: string; readonly en: string };

/** One refused field: `path` as in the input (`children.0.cpr`), `code` stable for programs. */
export type FieldError = Reason & { readonly path: string; readonly code: string };

/** Permanent by nature: repeating the same act with the same state gives the same refusal. */
export class DomainError extends Error {
  readonly code: ErrorCode;
  readonly reason: Reason | undefined;
  readonly fields: readonly FieldError[];
  constructor(code: ErrorCode, reason?: Reason, fields: readonly FieldError[] = []) {
    super(code);
    this.name = 'DomainError';
    this.code = code;
    this.reason = reason;
    this.fields = fields;
  }
}
