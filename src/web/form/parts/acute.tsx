import { useWatch } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { Alert } from '../../components/alert.tsx';
import { Phone } from '../../components/phone.tsx';
import { RadioField, SelectField, TextArea, TextField } from '../fields.tsx';
import { useFormData } from '../form-data.ts';
import { useLabel } from '../use-label.ts';

const KINDS = ['physical', 'psychological', 'sexual', 'witness', 'other'] as const;

const useYesNo = () => {
  const { t } = useTranslation();
  return [
    { value: 'yes', label: t('common.yes') },
    { value: 'no', label: t('common.no') },
  ];
};

const AcuteQuestions = () => {
  const { t } = useTranslation();
  const label = useLabel();
  const { acutePhone } = useFormData();
  const marked: unknown = useWatch({ name: 'acute.marked' });
  return (
    <>
      <RadioField
        path="acute.marked"
        label={t('form.acute.marked')}
        hint={t('form.acute.markedHint')}
        options={useYesNo()}
      />
      {marked === 'yes' ? (
        <>
          <Alert tone="warning" heading={t('form.acute.call')} live>
            <p>
              <Phone number={acutePhone} large />
            </p>
          </Alert>
          <TextArea path="acute.why" label={label('acute.why')} rows={3} />
          <TextField path="acute.called" label={label('acute.called')} hint={t('form.acute.calledHint')} optional />
        </>
      ) : null}
    </>
  );
};

const ViolenceQuestions = () => {
  const { t } = useTranslation();
  const label = useLabel();
  const suspected: unknown = useWatch({ name: 'violence.suspected' });
  return (
    <>
      <RadioField path="violence.suspected" label={t('form.acute.violence')} options={useYesNo()} optional />
      {suspected === 'yes' ? (
        <>
          <SelectField
            path="violence.kind"
            label={label('violence.kind')}
            options={KINDS.map((value) => ({ value, label: t(`form.acute.kinds.${value}`) }))}
            optional
          />
          <TextField path="violence.whom" label={label('violence.whom')} hint={t('form.acute.whomHint')} optional />
          <RadioField
            path="violence.certainty"
            label={label('violence.certainty')}
            options={[
              { value: 'concrete', label: t('form.acute.concrete') },
              { value: 'diffuse', label: t('form.acute.diffuse') },
            ]}
            optional
          />
        </>
      ) : null}
    </>
  );
};

export const AcutePart = () => {
  const { t } = useTranslation();
  const label = useLabel();
  const honour: unknown = useWatch({ name: 'honour.suspected' });
  return (
    <>
      <AcuteQuestions />
      <ViolenceQuestions />
      <RadioField
        path="honour.suspected"
        label={t('form.acute.honour')}
        hint={t('form.acute.honourHint')}
        options={useYesNo()}
        optional
      />
      {honour === 'yes' ? <TextArea path="honour.why" label={label('honour.why')} rows={3} optional /> : null}
    </>
  );
};
