import { DomainError } from '#domain/errors.ts';
import { StartError } from '#platform/start-error.ts';
import type { Ctx } from '#usecases/context.ts';

/** What a command may touch of the world outside. */
export type Edge = {
  readonly env: NodeJS.ProcessEnv;
  /** Where the installation is: holds `jobs` and, unless left out of an image, `training`. */
  readonly root: string;
  /** One line, or several, on standard output. */
  readonly say: (text: string) => void;
  /** One line on standard error. */
  readonly note: (text: string) => void;
  /** A context of the system over the configured database; its connections end with `work`. Throws StartError. */
  readonly withCtx: <R>(work: (ctx: Ctx) => Promise<R>) => Promise<R>;
};

/** Answers the exit status; null when the process goes on by itself. */
export type Command = (args: readonly string[], edge: Edge) => Promise<number | null>;

export const SUCCESS = 0;
export const REFUSED = 1;
const WRONG_USAGE = 2;

/** The command line itself is wrong: unknown option, malformed instant, too many words. */
export class UsageError extends Error {
  constructor(sentence: string) {
    super(sentence);
    this.name = 'UsageError';
  }
}

/** A command that was asked for rightly cannot do it: a file that is not there or does not hold what it should. */
export class Refusal extends Error {
  constructor(sentence: string) {
    super(sentence);
    this.name = 'Refusal';
  }
}

const ended = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);

const ofDomain = (error: DomainError): string => {
  const first = error.fields[0];
  const what = first && first.en !== error.reason?.en ? [error.reason?.en, first.en] : [error.reason?.en ?? error.code];
  const text = what.flatMap((part) => (part === undefined ? [] : [part.replace(/[.]$/, '')])).join(': ');
  const more = error.fields.length - 1;
  return ended(more > 0 ? `${text} (and ${more} more)` : text);
};

/** One sentence for the person at the terminal. What is not meant for them is named by its class only. */
export const sentenceOf = (error: unknown): string => {
  if (error instanceof DomainError) return ofDomain(error);
  if (error instanceof UsageError || error instanceof Refusal || error instanceof StartError) {
    return ended(error.message);
  }
  const name = error instanceof Error ? error.constructor.name : typeof error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  // A code that is no word could be somebody's value.
  return `Internal error: ${name}${/^\w{1,40}$/.test(code) ? ` (${code})` : ''}.`;
};

export const statusOf = (error: unknown): number => (error instanceof UsageError ? WRONG_USAGE : REFUSED);
