import { useWatch } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import type { CodeLists } from '#domain/codes.ts';
import { LISTS } from '#domain/regulation-words.ts';
import type { Outputs } from '../api.ts';
import { useText } from '../components/language.ts';
import { DateField } from '../form/date-field.tsx';
import { SelectField, TextField } from '../form/fields.tsx';
import { ChooseForm } from './choose-form.tsx';
import { FromField, ProposeForm, SourceField } from './propose-form.tsx';
import { dayOf, numberOf } from './read.ts';

type Codes = Outputs['setup']['regulations']['document']['rulebook']['codes'];
type Props = { readonly codes: Codes };
type List = keyof CodeLists;

export const CODE_LISTS = ['reasons', 'notifiers', 'measures'] as const satisfies readonly List[];
const GROUPS = {
  notifiers: [],
  reasons: ['child', 'parents', 'other'],
  measures: ['supportive', 'placement'],
} as const satisfies Readonly<Record<List, readonly string[]>>;

const useList = (): List | null => {
  const chosen: unknown = useWatch({ name: 'change.list' });
  return CODE_LISTS.find((list) => list === chosen) ?? null;
};

const ListField = () => {
  const { t } = useTranslation();
  const text = useText();
  const options = CODE_LISTS.map((list) => ({ value: list, label: text(LISTS[list]) }));
  return <SelectField path="change.list" label={t('setup.codes.list')} options={options} />;
};

const Names = () => {
  const { t } = useTranslation();
  return (
    <>
      <TextField path="change.da" label={t('setup.calendar.da')} />
      <TextField path="change.en" label={t('setup.calendar.en')} />
    </>
  );
};

const Paragraph = () => {
  const { t } = useTranslation();
  return useList() === 'measures' ? (
    <TextField path="change.paragraph" label={t('setup.fields.paragraph')} width="medium" />
  ) : null;
};

/** What only one of the lists asks for. */
const OfList = () => {
  const { t } = useTranslation();
  const list = useList();
  if (list === null) return null;
  if (list === 'notifiers') {
    return (
      <TextField
        path="change.number"
        label={t('setup.codes.number')}
        hint={t('setup.codes.numberHint')}
        width="short"
        inputMode="numeric"
      />
    );
  }
  const options = GROUPS[list].map((group) => ({ value: group, label: t(`setup.codes.groups.${group}`) }));
  return (
    <>
      <SelectField
        path="change.group"
        label={t('setup.codes.group')}
        hint={list === 'measures' ? t('setup.codes.groupHint') : undefined}
        options={options}
      />
      <Paragraph />
    </>
  );
};

/** A code of the chosen list that has not ended. */
const CodeField = ({ codes }: Props) => {
  const { t } = useTranslation();
  const text = useText();
  const list = useList();
  if (list === null) return null;
  const rows: readonly Codes[List][number][] = codes[list];
  const options = rows
    .filter(({ until }) => until === null)
    .map((row) => ({ value: String(row.code), label: text(row) }));
  return <SelectField path="change.code" label={t('setup.codes.code')} options={options} />;
};

const orNone = (value: string): string | null => (value.trim() === '' ? null : value);

const Add = () => (
  <ProposeForm
    defaults={{
      note: '',
      change: { list: '', number: '', group: '', paragraph: '', da: '', en: '', from: '', source: '' },
    }}
    change={({ change }) => ({
      ...change,
      what: 'add-code',
      number: change.list === 'notifiers' ? (numberOf(change.number) ?? null) : null,
      group: change.list === 'notifiers' ? null : orNone(change.group),
      paragraph: change.list === 'measures' ? orNone(change.paragraph) : null,
      from: dayOf(change.from),
    })}
  >
    <ListField />
    <OfList />
    <Names />
    <FromField />
    <SourceField />
  </ProposeForm>
);

const End = ({ codes }: Props) => {
  const { t } = useTranslation();
  return (
    <ProposeForm
      defaults={{ note: '', change: { list: '', code: '', until: '', source: '' } }}
      change={({ change }) => ({ ...change, what: 'end-code', until: dayOf(change.until) })}
    >
      <ListField />
      <CodeField codes={codes} />
      <DateField path="change.until" label={t('setup.codes.until')} hint={t('setup.codes.untilHint')} />
      <SourceField />
    </ProposeForm>
  );
};

const Correct = ({ codes }: Props) => {
  const { t } = useTranslation();
  return (
    <ProposeForm
      defaults={{ note: '', change: { list: '', code: '', paragraph: '', da: '', en: '', source: '' } }}
      change={({ change }) => ({
        ...change,
        what: 'correct-code',
        paragraph: change.list === 'measures' ? orNone(change.paragraph) : null,
      })}
    >
      <p>{t('setup.codes.correctTold')}</p>
      <ListField />
      <CodeField codes={codes} />
      <Names />
      <Paragraph />
      <SourceField />
    </ProposeForm>
  );
};

/** What can be proposed of the code lists. */
export const CodeForms = ({ codes }: Props) => (
  <ChooseForm
    forms={{
      'add-code': () => <Add />,
      'end-code': () => <End codes={codes} />,
      'correct-code': () => <Correct codes={codes} />,
    }}
  />
);
