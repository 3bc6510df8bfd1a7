import { describe, expect, it } from 'vitest';
import { parseCaseList } from '#domain/case-list-file.ts';
import { instant, withOffset } from '#domain/time.ts';
import { trainingOrganisation } from '#test/support/organisation.ts';

const HEADER = 'cpr;unit;caseworker;measure;since;disability;seen at';
const KNOWN = '054911-4736;bbu-bispebjerg;caseworker-bbu-bispebjerg;kontaktperson;2025-03-01;nej;2026-10-30T06:00:00Z';

const parse = (lines: readonly string[], training = true) =>
  parseCaseList(lines.join('\n'), {
    training,
    organisation: trainingOrganisation(),
    now: instant('2026-11-02T08:00:00+01:00'),
  });
const rowsOf = (lines: readonly string[]) => {
  const parsed = parse(lines);
  return 'rows' in parsed ? parsed.rows.map((row) => ({ ...row, seenAt: withOffset(row.seenAt) })) : parsed.errors;
};

describe('a list of known children', () => {
  const row = {
    cpr: '0549114736',
    unit: 'bbu-bispebjerg',
    caseworker: 'caseworker-bbu-bispebjerg',
    measure: 'kontaktperson',
    since: '2025-03-01',
    disability: false,
    seenAt: '2026-10-30T07:00:00+01:00',
  };

  it('is read with semicolons or commas, columns in any order, with a byte order mark and Windows line ends', () => {
    expect(rowsOf([HEADER, KNOWN])).toEqual([row]);
    expect(rowsOf([`\uFEFF${HEADER}\r`, '\r', `${KNOWN}\r`, ''])).toEqual([row]);
    const commas = [HEADER, KNOWN].map((line) => line.split(';').toReversed().join(', '));
    expect(rowsOf([commas[0]?.toUpperCase() ?? '', commas[1] ?? ''])).toEqual([row]);
    expect(rowsOf([HEADER, KNOWN.replace('kontaktperson', '"§ 46"')])).toMatchObject([{ measure: '§ 46' }]);
  });

  it('knows nothing where a field is empty, and a day by its beginning', () => {
    const nothing = { unit: null, caseworker: null, measure: null, since: null };
    expect(rowsOf([HEADER, '1245184021;;;;;;2026-11-01', '2251153072;;;;;JA;2026-11-01T10:00+01:00'])).toEqual([
      { ...nothing, cpr: '1245184021', disability: false, seenAt: '2026-11-01T00:00:00+01:00' },
      { ...nothing, cpr: '2251153072', disability: true, seenAt: '2026-11-01T10:00:00+01:00' },
    ]);
  });
});

describe('a list at fault', () => {
  it.each<[string, readonly string[], number, string, string]>([
    ['a wrong date', [HEADER, KNOWN, '9945184021;;;;;;2026-11-01'], 3, 'cpr', 'is no CPR number'],
    ['nine digits', [HEADER, '124518402;;;;;;2026-11-01'], 2, 'cpr', 'is no CPR number'],
    ['a unit', [HEADER, '1245184021;bbu-atlantis;;;;;2026-11-01'], 2, 'unit', 'names no unit of the organisation'],
    ['a CPR as unit', [HEADER, 'x;1245184021;;;;;2026-11-01'], 2, 'cpr', 'is no CPR number'],
    ['a person', [HEADER, '1245184021;;somebody;;;;2026-11-01'], 2, 'caseworker', 'names nobody here'],
    ['a day', [HEADER, '1245184021;;;;2026-02-30;;2026-11-01'], 2, 'since', 'is no day such as 2026-11-02'],
    ['yes or no', [HEADER, '1245184021;;;;;perhaps;2026-11-01'], 2, 'disability', 'is neither yes nor no'],
    ['no time', [HEADER, '1245184021;;;;;;'], 2, 'seen at', 'is no instant such as 2026-11-02T09:15:00+01:00'],
    ['to come', [HEADER, '1245184021;;;;;;2199-01-01'], 2, 'seen at', 'has not been yet'],
    [
      'words where a code belongs',
      [HEADER, '1245184021;;;bor hos mormor Kirsten;;;2026-11-01'],
      2,
      'measure',
      'is not a paragraph (§ 46) or one word in small letters',
    ],
    ['twice', [HEADER, KNOWN, KNOWN.replace('-', '')], 3, 'cpr', 'is there already, on line 2'],
    ['fields', [HEADER, KNOWN, '1245184021;;'], 3, '', 'has 3 fields instead of 7'],
    ['columns', ['cpr,unit', '1245184021,'], 1, '', 'lacks the column caseworker, measure, since, disability, seen at'],
    ['quotes', [HEADER, '"1245184021;;;;;;2026-11-01'], 2, '', 'has quotation marks that do not match'],
    ['nothing', [], 1, '', 'lacks the names of the columns'],
  ])('%s: names line and field, never the value', (_, lines, line, field, message) => {
    const parsed = parse(lines);
    const errors = 'errors' in parsed ? parsed.errors : [];
    expect(errors[0]).toEqual({ line, field, message });
    expect(JSON.stringify(errors)).not.toMatch(/\d{9}/);
  });

  it('names every fault, by the line on which its record begins', () => {
    const parsed = parse([HEADER, '1245184021;;"two', 'lines";;;;2026-11-01', 'x;y;;;;;2026-11-01']);
    expect(parsed).toEqual({
      errors: [
        { line: 2, field: 'caseworker', message: 'names nobody here' },
        { line: 4, field: 'cpr', message: 'is no CPR number' },
        { line: 4, field: 'unit', message: 'names no unit of the organisation' },
      ],
    });
  });

  it('holds training numbers outside training', () => {
    expect(parse([HEADER, KNOWN], false)).toEqual({
      errors: [{ line: 2, field: 'cpr', message: 'is a training number' }],
    });
  });
});
