import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { type Case, client } from '../api.ts';
import { TextArea } from '../form/fields.tsx';
import { CaseActForm } from './case-act-form.tsx';
import { reason } from './form-schemas.ts';
import type { ActProps } from './use-case-act.ts';

const schema = z.object({ reason });

/** Acute to ordinary, and back: there is only one way to go, so only why is asked. */
export const ChangePriorityForm = ({ item, ...props }: ActProps & { readonly item: Case }) => {
  const { t } = useTranslation();
  const to = item.acute ? 'ordinary' : 'acute';
  return (
    <CaseActForm
      {...props}
      procedure={client.work.changePriority}
      defaults={{ reason: '' }}
      schema={schema}
      input={({ reason: why }) => ({
        id: item.id,
        stateVersion: item.stateVersion,
        acute: !item.acute,
        reason: why,
      })}
      submitLabel={t(`work.priority.${to}`)}
      doneText={t('case.acts.done')}
    >
      <p>{t(`work.priority.${to}Text`)}</p>
      <TextArea path="reason" label={t('work.reason')} />
    </CaseActForm>
  );
};
