import { useTranslation } from 'react-i18next';
import type { Outputs } from '../api.ts';
import { TextField } from '../form/fields.tsx';
import { FromField, ProposeForm, SourceField, StatusField } from './propose-form.tsx';
import { dayOf, paragraphsOf } from './read.ts';

type Props = { readonly rulebook: Outputs['setup']['regulations']['document']['rulebook'] };

/** Which measures call for a re-assessment (§ 137): the whole list, from a day on. */
export const ReassessedForm = ({ rulebook }: Props) => {
  const { t } = useTranslation();
  const now = rulebook.reassessed.at(-1);
  return (
    <ProposeForm
      defaults={{
        note: '',
        change: { from: '', paragraphs: now?.paragraphs.join(', ') ?? '', status: 'law', source: '' },
      }}
      change={({ change }) => ({
        ...change,
        what: 'reassessed-measures',
        from: dayOf(change.from),
        paragraphs: paragraphsOf(change.paragraphs),
      })}
    >
      <TextField
        path="change.paragraphs"
        label={t('setup.fields.paragraphs')}
        hint={t('setup.fields.paragraphsHint')}
        width="medium"
      />
      <FromField />
      <StatusField />
      <SourceField />
    </ProposeForm>
  );
};
