import { ANONYMOUS_NOTIFIER, type CodeLists, isInUse, type MeasureType, type ReasonCode } from './codes.ts';
import { refuseField } from './field-errors.ts';
import type { Change } from './regulation-change.ts';
import { type LocalDay, T } from './time.ts';

type Row = CodeLists[keyof CodeLists][number];
type List = readonly Row[];

/** The same list with other rows: every row is of its own list's kind, because it was one before or made by `added`. */
const withRows = (codes: CodeLists, list: keyof CodeLists, rows: List): CodeLists => ({ ...codes, [list]: rows });

/** Two that are called the same cannot be told apart by who chooses; those that have ended cannot be chosen. */
const demandOtherName = (rows: List, { da, en }: Pick<Row, 'da' | 'en'>, from: string, except?: Row): void => {
  const rivals = rows.filter((row) => row !== except && (row.until === null || row.until > from));
  if (rivals.some((row) => row.da.toLowerCase() === da.toLowerCase())) refuseField('change.da', 'known-already');
  if (rivals.some((row) => row.en.toLowerCase() === en.toLowerCase())) refuseField('change.en', 'known-already');
};

const slug = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')
    .slice(0, 60);

const GROUPS: Readonly<Record<keyof CodeLists, readonly string[]>> = {
  notifiers: [],
  reasons: ['child', 'parents', 'other'],
  measures: ['supportive', 'placement'],
};

const added = (codes: CodeLists, change: Change<'add-code'>): Row => {
  const { list, number, group, paragraph, da, en, from, source } = change;
  const dated = { da, en, from, until: null, source };
  if (list === 'notifiers') {
    if (number === null) return refuseField('change.number', 'required');
    if (codes.notifiers.some((row) => row.code === number)) refuseField('change.number', 'known-already');
    return { code: number, ...dated };
  }
  if (group === null) return refuseField('change.group', 'required');
  if (!GROUPS[list].includes(group)) refuseField('change.group', 'unknown-choice');
  const code = `${slug(en)}-${from}`;
  const taken: List = codes[list];
  if (taken.some((row) => row.code === code)) refuseField('change.en', 'known-already');
  if (list === 'reasons') return { code, group: group as ReasonCode['group'], ...dated };
  if (paragraph === null) return refuseField('change.paragraph', 'required');
  return { code, group: group as MeasureType['group'], paragraph, ...dated };
};

export const addCode = (codes: CodeLists, change: Change<'add-code'>): CodeLists => {
  const rows: List = codes[change.list];
  demandOtherName(rows, change, change.from);
  return withRows(codes, change.list, [...rows, added(codes, change)]);
};

const found = (rows: List, code: string): Row =>
  rows.find((row) => String(row.code) === code) ?? refuseField('change.code', 'unknown-choice');

/** A code ends and stays on its list for what has been written with it. What must be chosen must leave a choice. */
export const endCode = (codes: CodeLists, change: Change<'end-code'>, today: LocalDay): CodeLists => {
  const { list, until, source } = change;
  const rows: List = codes[list];
  const row = found(rows, change.code);
  if (until <= today.toString()) refuseField('change.until', 'not-tomorrow');
  if (row.until !== null && row.until <= until) refuseField('change.until', 'nothing-changed');
  if (row.from !== null && until < row.from) refuseField('change.until', 'end-before-start');
  if (row.code === ANONYMOUS_NOTIFIER) refuseField('change.code', 'unknown-choice');
  const ended = rows.map((one) => (one === row ? { ...row, until, source } : one));
  const on = T.PlainDate.from(until);
  const left = ended.filter((one) => one.code !== ANONYMOUS_NOTIFIER && one.until === null && isInUse(one, on));
  if (left.length === 0) refuseField('change.code', 'last-of-list');
  return withRows(codes, list, ended);
};

/** Other words for the same thing, at once and wherever it stands; another thing is another code. */
export const correctCode = (codes: CodeLists, change: Change<'correct-code'>, today: LocalDay): CodeLists => {
  const { list, da, en, paragraph, source } = change;
  const rows: List = codes[list];
  const row = found(rows, change.code);
  demandOtherName(rows, change, today.toString(), row);
  if (list === 'measures' && paragraph === null) refuseField('change.paragraph', 'required');
  const words = list === 'measures' && paragraph !== null ? { da, en, paragraph } : { da, en };
  return withRows(
    codes,
    list,
    rows.map((one) => (one === row ? { ...row, ...words, source } : one)),
  );
};
