import { useWatch } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { DateField } from '../date-field.tsx';
import { RadioField, TextArea, TextField } from '../fields.tsx';
import { useLabel } from '../use-label.ts';

export const ParentsPart = () => {
  const { t } = useTranslation();
  const label = useLabel();
  const informed: unknown = useWatch({ name: 'parentsInformed.informed' });
  return (
    <>
      <RadioField
        path="parentsInformed.informed"
        label={t('form.parents.informed')}
        options={[
          { value: 'yes', label: t('form.parents.informedYes') },
          { value: 'no', label: t('form.parents.informedNo') },
        ]}
      />
      {informed === 'yes' ? (
        <>
          <DateField path="parentsInformed.on" label={label('parentsInformed.on')} optional />
          <TextField path="parentsInformed.by" label={label('parentsInformed.by')} optional />
          <TextArea path="parentsInformed.reaction" label={label('parentsInformed.reaction')} rows={3} optional />
        </>
      ) : null}
      {informed === 'no' ? (
        <TextArea
          path="parentsInformed.whyNot"
          label={label('parentsInformed.whyNot')}
          hint={t('form.parents.danger')}
          rows={3}
        />
      ) : null}
    </>
  );
};
