import { CsvError, parse } from 'csv-parse/sync';
import { parseCpr } from './cpr.ts';
import type { Organisation } from './organisation.ts';
import { atLocal, type Instant, instant, isAfter, T } from './time.ts';

/** What the case system says of one child. `cpr`: ten digits; `since`: `YYYY-MM-DD`, local. */
export type CaseListRow = {
  readonly cpr: string;
  readonly unit: string | null;
  readonly caseworker: string | null;
  readonly measure: string | null;
  readonly since: string | null;
  readonly disability: boolean;
  readonly seenAt: Instant;
};

/** `line` counts from 1. Never holds what stands in the file: a value in the wrong column may be a CPR. */
export type CaseListError = { readonly line: number; readonly field: string; readonly message: string };

export type CaseListOptions = {
  readonly training: boolean;
  readonly organisation: Pick<Organisation, 'units' | 'people'>;
  readonly now: Instant;
};

const COLUMNS = ['cpr', 'unit', 'caseworker', 'measure', 'since', 'disability', 'seen at'] as const;
type Column = (typeof COLUMNS)[number];
type Line = { readonly number: number; readonly fields: readonly string[] };
type Report = (field: string, message: string) => null;

const YES_NO: ReadonlyMap<string, boolean> = new Map([
  ['', false],
  ...['yes', 'ja', 'true', '1'].map((word) => [word, true] as const),
  ...['no', 'nej', 'false', '0'].map((word) => [word, false] as const),
]);
/** A measure is kept unsealed, so it is a paragraph or one word of a list, and no sentence with a name in it. */
const MEASURE_CODE = /^(§ ?\d{1,3}( ?[a-z])?|[a-zæøå][a-zæøå-]{2,39})?$/;

const split = (text: string): readonly Line[] | CaseListError => {
  const [header = ''] = text.split('\n', 1);
  try {
    const parsed: unknown = parse(text, {
      bom: true,
      delimiter: header.includes(';') ? ';' : ',',
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
    });
    return (parsed as { info: { lines: number }; record: string[] }[]).map(({ info, record }) => ({
      number: info.lines - record.join('').split('\n').length + 1,
      fields: record,
    }));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = typeof error['lines'] === 'number' ? error['lines'] : 1;
    return { line, field: '', message: 'has quotation marks that do not match' };
  }
};

const dayOf = (text: string): string | null => {
  try {
    return /^\d{4}-\d\d-\d\d$/.test(text) ? T.PlainDate.from(text).toString() : null;
  } catch {
    return null;
  }
};

/** An instant, or a local day: what was seen some time on it counts from its beginning. */
const seenAt = (text: string): Instant | null => {
  const day = dayOf(text);
  if (day !== null) return atLocal(T.PlainDate.from(day), '00:00');
  try {
    return instant(text);
  } catch {
    return null;
  }
};

const rowOf = (value: (column: Column) => string, options: CaseListOptions, report: Report): CaseListRow | null => {
  const { units, people } = options.organisation;
  const cpr = parseCpr(value('cpr'), { training: options.training });
  const refused = [
    'error' in cpr ? report('cpr', cpr.error === 'cpr-training' ? 'is a training number' : 'is no CPR number') : cpr,
    value('unit') === '' || units.has(value('unit')) || report('unit', 'names no unit of the organisation'),
    value('caseworker') === '' || people.has(value('caseworker')) || report('caseworker', 'names nobody here'),
    MEASURE_CODE.test(value('measure')) || report('measure', 'is not a paragraph (§ 46) or one word in small letters'),
    value('since') === '' || dayOf(value('since')) || report('since', 'is no day such as 2026-11-02'),
    YES_NO.has(value('disability').toLowerCase()) || report('disability', 'is neither yes nor no'),
  ];
  const seen = seenAt(value('seen at'));
  if (!seen) return report('seen at', 'is no instant such as 2026-11-02T09:15:00+01:00');
  if (isAfter(seen, options.now)) return report('seen at', 'has not been yet');
  if ('error' in cpr || refused.includes(null)) return null;
  return {
    cpr: cpr.digits,
    unit: value('unit') || null,
    caseworker: value('caseworker') || null,
    measure: value('measure') || null,
    since: value('since') || null,
    disability: YES_NO.get(value('disability').toLowerCase()) ?? false,
    seenAt: seen,
  };
};

/** What is wrong with the line of column names, or null. */
const headerFault = (names: readonly string[]): string | null => {
  const missing = COLUMNS.filter((column) => !names.includes(column));
  if (missing.length > 0) return `lacks the column ${missing.join(', ')}`;
  return names.length === COLUMNS.length ? null : `must have the columns ${COLUMNS.join(', ')} and no other`;
};

/**
 * Reads a list of known children whole or not at all: CSV in UTF-8, comma or semicolon, the columns in any order.
 * `unit` and `caseworker` are ids of the organisation; `seen at` is when the case system said so, not after `now`.
 */
export const parseCaseList = (
  text: string,
  options: CaseListOptions,
): { readonly rows: readonly CaseListRow[] } | { readonly errors: readonly CaseListError[] } => {
  const lines = split(text);
  if ('message' in lines) return { errors: [lines] };
  const [header, ...body] = lines;
  if (!header) return { errors: [{ line: 1, field: '', message: 'lacks the names of the columns' }] };
  const names = header.fields.map((name) => name.toLowerCase());
  const fault = headerFault(names);
  if (fault !== null) return { errors: [{ line: header.number, field: '', message: fault }] };

  const errors: CaseListError[] = [];
  const rows: CaseListRow[] = [];
  const firstLine = new Map<string, number>();
  for (const { number, fields } of body) {
    const report: Report = (field, message) => {
      errors.push({ line: number, field, message });
      return null;
    };
    if (fields.length !== COLUMNS.length) {
      report('', `has ${fields.length} fields instead of ${COLUMNS.length}`);
      continue;
    }
    const row = rowOf((column) => fields[names.indexOf(column)] ?? '', options, report);
    if (!row) continue;
    const first = firstLine.get(row.cpr);
    if (first !== undefined) report('cpr', `is there already, on line ${first}`);
    firstLine.set(row.cpr, first ?? number);
    rows.push(row);
  }
  return errors.length > 0 ? { errors } : { rows };
};
