import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { CaseActForm } from '../acts/case-act-form.tsx';
import { reason } from '../acts/form-schemas.ts';
import { client } from '../api.ts';
import { TextArea } from '../form/fields.tsx';
import type { MatterProps } from './answers.tsx';

/** The step that was read is sent along: two who climb at once climb one step. */
export const ClimbEarlyForm = ({ matter: { id, stateVersion, dispute }, ...props }: MatterProps) => {
  const { t } = useTranslation();
  return (
    <CaseActForm
      {...props}
      procedure={client.disputes.climbEarly}
      defaults={{ reason: '' }}
      schema={z.object({ reason })}
      input={(values) => ({ id, stateVersion, step: dispute?.step ?? 0, reason: values.reason })}
      submitLabel={t('matter.acts.climb-early')}
      doneText={t('disputes.climb.done')}
    >
      <TextArea path="reason" label={t('disputes.climb.reason')} />
    </CaseActForm>
  );
};
