import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { parseCpr } from '#domain/cpr.ts';
import { line } from '#domain/form-fields.ts';
import { type Case, client } from '../api.ts';
import { ActForm } from '../form/act-form.tsx';
import { TextField } from '../form/fields.tsx';
import { refusalsBy, useRefusals } from '../form/use-refusals.ts';
import { useSession } from '../session.tsx';
import { type ActProps, useCaseAct } from './use-case-act.ts';

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
  const refusals = useRefusals();
  const form = useForm({ defaultValues: { cpr: '', name: item.child.name } });
  const act = useCaseAct(client.referrals.identifyChild, {
    ...props,
    done: () => props.done(t('case.acts.done')),
    failed: ({ fields }) => refusals.refuse(fields),
  });
  return (
    <ActForm
      form={form}
      {...refusals}
      problem={act.shown}
      pending={act.pending}
      submitLabel={t('case.identify.submit')}
      told={props.told}
      cancel={props.cancel}
      submit={(values) => {
        const found = refusalsBy(schema(training), values);
        refusals.refuse(found);
        if (found.length === 0) act.run({ id: item.id, stateVersion: item.stateVersion, ...values });
      }}
    >
      <TextField path="name" label={t('case.identify.name')} />
      <TextField
        path="cpr"
        label={t('case.identify.cpr')}
        hint={t('form.child.cprHint')}
        width="medium"
        inputMode="numeric"
      />
    </ActForm>
  );
};
