import { useTranslation } from 'react-i18next';
import { type Case, client } from '../api.ts';
import { RadioField } from '../form/fields.tsx';
import type { ActProps } from './use-case-act.ts';
import { WorkDoneForm } from './work-done-form.tsx';

/** The 24-hour assessment: what was done, when, what it shows, and whether acute action is needed. */
export const AssessForm = (props: ActProps & { readonly item: Case }) => {
  const { t } = useTranslation();
  return (
    <WorkDoneForm
      {...props}
      procedure={client.work.assess}
      result="acute"
      input={(done, acute) => ({ ...done, acute: acute === 'yes' })}
      submitLabel={t('work.assess.submit')}
      doneText={t('work.assess.done')}
      reasonLabel={t('work.assess.reason')}
    >
      <RadioField
        path="acute"
        label={t('work.assess.acute')}
        hint={props.item.acute ? t('work.assess.markedAcute') : t('work.assess.markedNot')}
        options={[
          { value: 'yes', label: t('work.assess.acuteYes') },
          { value: 'no', label: t('work.assess.acuteNo') },
        ]}
      />
    </WorkDoneForm>
  );
};
