import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';
import { type Instant, instant, T } from '#domain/time.ts';
import { type Edge, UsageError } from './edge.ts';

const firstSentence = (text: string): string => text.split(/\n|[.] /, 1)[0] ?? text;

/**
 * Options and operands of one command; `operands` are their names as the usage has them, all required. Throws
 * UsageError for whatever is unknown, missing, too much or there twice.
 */
export const readArgs = <const O extends ParseArgsOptionsConfig>(
  args: readonly string[],
  options: O,
  operands: readonly string[] = [],
) => {
  const parsed = (() => {
    try {
      return parseArgs({ args: [...args], options, allowPositionals: true, strict: true, tokens: true });
    } catch (error) {
      throw new UsageError(error instanceof Error ? firstSentence(error.message) : 'The options cannot be read');
    }
  })();
  const names = parsed.tokens.flatMap((token) => (token.kind === 'option' ? [token.name] : []));
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice !== undefined) throw new UsageError(`The option --${twice} is there twice`);
  const { values, positionals } = parsed;
  const missing = operands[positionals.length];
  if (missing !== undefined) throw new UsageError(`${missing} is missing`);
  if (positionals.length > operands.length) throw new UsageError('There are more words than this command takes');
  return { values, operands: positionals };
};

/** Periods are counted in years that a calendar has holidays for. */
const YEARS = { from: T.Instant.from('1970-01-01T00:00Z'), until: T.Instant.from('2200-01-01T00:00Z') };

/** ISO 8601 with an offset; null for anything else. */
export const instantIn = (text: string): Instant | null => {
  try {
    const at = instant(text);
    const inside = T.Instant.compare(at, YEARS.from) >= 0 && T.Instant.compare(at, YEARS.until) < 0;
    return inside ? at : null;
  } catch {
    return null;
  }
};

/** Throws UsageError when the option is not there or malformed. */
export const instantOf = (name: string, text: string | undefined): Instant => {
  if (text === undefined) throw new UsageError(`--${name} INSTANT is missing`);
  const at = instantIn(text);
  if (at === null) throw new UsageError(`--${name} is no instant with an offset such as 2026-11-02T09:15:00+01:00`);
  return at;
};

/** With `--cases FILE` everything else stands in the file. Throws UsageError. */
export const refuseBeside = (
  name: string,
  values: Readonly<Record<string, unknown>>,
  others: readonly string[],
): void => {
  const beside = others.find((other) => values[other] !== undefined);
  if (beside !== undefined) throw new UsageError(`--${name} and --${beside} exclude each other`);
};

export const sayJson = (edge: Edge, value: unknown): void => edge.say(JSON.stringify(value, null, 2));

/** As other programs choose it: the language of the terminal, Danish or English. */
export const languageOf = (env: NodeJS.ProcessEnv): 'da' | 'en' =>
  /^da/i.test(env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG'] || '') ? 'da' : 'en';
