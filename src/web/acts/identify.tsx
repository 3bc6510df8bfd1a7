import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { parseCpr } from '#domain/cpr.ts';
import { line } from '#domain/form-fields.ts';
import { type Case, client } from '../api.ts';
import { TextField } from '../form/fields.tsx';
import { useSession } from '../session.tsx';
import { CaseActForm } from './case-act-form.tsx';
import type { ActProps } from './use-case-act.ts';

const schema = (training: boolean) =>
  z.object({
    name: line(200),
    cpr: line(20).superRefine((typed, ctx) => {
      const parsed = parseCpr(typed, { training });
      if ('error' in parsed) ctx.addIssue({ code: 'custom', message: parsed.error });
    }),
  });

export const IdentifyForm = ({ item, ...props }: ActProps & { readonly item: Case }) => {
  const { t } = useTranslation();
  const { training } = useSession();
  return (
    <CaseActForm
      {...props}
      procedure={client.referrals.identifyChild}
      defaults={{ cpr: '', name: item.child.name }}
      schema={schema(training)}
      input={(values) => ({ id: item.id, stateVersion: item.stateVersion, ...values })}
      submitLabel={t('case.identify.submit')}
      doneText={t('case.acts.done')}
    >
      <TextField path="name" label={t('case.identify.name')} />
      <TextField
        path="cpr"
        label={t('case.identify.cpr')}
        hint={t('form.child.cprHint')}
        width="medium"
        inputMode="numeric"
      />
    </CaseActForm>
  );
};
