import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { CaseActForm } from '../acts/case-act-form.tsx';
import { basis, chosen, reason } from '../acts/form-schemas.ts';
import { PlainActForm } from '../acts/plain-act-form.tsx';
import { ReasonForm } from '../acts/reason-form.tsx';
import type { ActProps } from '../acts/use-case-act.ts';
import { client, type Matter } from '../api.ts';
import { SelectField, TextArea, TextField } from '../form/fields.tsx';
import { useOwnerUnits } from '../form/form-data.ts';

export type MatterProps = ActProps & { readonly matter: Matter };

const declining = z.object({ instead: chosen, basis, reason });

/** Taking it is acknowledging it: whoever accepts becomes the caseworker. */
export const AcceptForm = ({ matter, ...props }: MatterProps) => {
  const { t } = useTranslation();
  return (
    <PlainActForm
      {...props}
      procedure={client.handovers.accept}
      input={{ id: matter.id, stateVersion: matter.stateVersion }}
      submitLabel={t('matter.acts.accept-handover')}
      doneText={t('matter.accept.done')}
    />
  );
};

export const DeclineForm = ({ matter, ...props }: MatterProps) => {
  const { t } = useTranslation();
  const units = useOwnerUnits(matter.matter);
  return (
    <CaseActForm
      {...props}
      procedure={client.handovers.decline}
      defaults={{ instead: '', basis: '', reason: '' }}
      schema={declining}
      input={(values) => ({ id: matter.id, stateVersion: matter.stateVersion, ...values })}
      submitLabel={t('matter.acts.decline-handover')}
      doneText={t('matter.decline.done')}
    >
      <SelectField
        path="instead"
        label={t('matter.decline.instead')}
        hint={t('matter.decline.insteadHint')}
        options={units.filter(({ value }) => value !== matter.handover?.to.id)}
      />
      <TextField path="basis" label={t('matter.basis')} hint={t('matter.basisHint')} />
      <TextArea path="reason" label={t('matter.decline.reason')} />
    </CaseActForm>
  );
};

export const WithdrawHandoverForm = ({ matter, ...props }: MatterProps) => {
  const { t } = useTranslation();
  return (
    <ReasonForm
      {...props}
      item={matter}
      procedure={client.handovers.withdraw}
      label={t('work.reason')}
      submitLabel={t('matter.acts.withdraw-handover')}
    />
  );
};

export const WithdrawDisputeForm = ({ matter, ...props }: MatterProps) => {
  const { t } = useTranslation();
  return (
    <ReasonForm
      {...props}
      item={matter}
      procedure={client.disputes.withdraw}
      label={t('work.reason')}
      submitLabel={t('matter.acts.withdraw-dispute')}
    />
  );
};
