import { useTranslation } from 'react-i18next';
import { POLICY_KINDS } from '#domain/rulebook.ts';
import { clockName } from '#domain/timeline.ts';
import type { Outputs } from '../api.ts';
import { useText } from '../components/language.ts';
import { SelectField, TextField } from '../form/fields.tsx';
import { DUTIES } from './kinds.ts';
import { ProposeForm, SourceField, StatusField } from './propose-form.tsx';

type Props = { readonly rulebook: Outputs['setup']['regulations']['document']['rulebook'] };

/** Paragraph and source of a clock's rule. */
export const CorrectText = ({ rulebook }: Props) => {
  const { t } = useTranslation();
  const text = useText();
  const rules = [
    ...rulebook.laws.flatMap((law) => DUTIES.map((rule) => ({ version: law.id, rule, name: law.name }))),
    ...rulebook.policies.flatMap(({ id }) => POLICY_KINDS.map((rule) => ({ version: id, rule, name: id }))),
  ];
  return (
    <ProposeForm
      defaults={{ note: '', change: { which: '', paragraph: '', status: 'law', source: '' } }}
      change={({ change: { which, paragraph, ...rest } }) => {
        const [version = '', rule = ''] = which.split(' ');
        return { ...rest, what: 'correct-text', version, rule, paragraph: paragraph.trim() === '' ? null : paragraph };
      }}
    >
      <SelectField
        path="change.which"
        label={t('setup.fields.rule')}
        options={rules.map(({ version, rule, name }) => ({
          value: `${version} ${rule}`,
          label: `${name}: ${text(clockName(rule))}`,
        }))}
      />
      <TextField path="change.paragraph" label={t('setup.fields.paragraph')} optional width="medium" />
      <StatusField />
      <SourceField />
    </ProposeForm>
  );
};

/** The paragraph of what a law says beside its clocks. */
export const CorrectReference = ({ rulebook }: Props) => {
  const { t } = useTranslation();
  const options = rulebook.laws.flatMap(({ id, name, references }) =>
    Object.entries(references).map(([topic, { paragraph }]) => ({
      value: `${id} ${topic}`,
      label: `${name}: ${t(`setup.topics.${topic as keyof typeof references}`)} (${paragraph})`,
    })),
  );
  return (
    <ProposeForm
      defaults={{ note: '', change: { which: '', paragraph: '', status: 'law', source: '' } }}
      change={({ change: { which, ...rest } }) => {
        const [version = '', topic = ''] = which.split(' ');
        return { ...rest, what: 'correct-reference', version, topic };
      }}
    >
      <SelectField path="change.which" label={t('setup.fields.rule')} options={options} />
      <TextField path="change.paragraph" label={t('setup.fields.paragraph')} width="medium" />
      <StatusField />
      <SourceField />
    </ProposeForm>
  );
};
