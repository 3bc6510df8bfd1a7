import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { client } from '../api.ts';
import { Alert } from '../components/alert.tsx';
import { ActForm } from '../form/act-form.tsx';
import { TextField } from '../form/fields.tsx';
import { refusalsBy, useRefusals } from '../form/use-refusals.ts';
import { useAct } from '../use-act.ts';
import type { Asked } from './lines.tsx';

type Filter = Pick<Asked, 'caseNumber' | 'who'>;
const orNull = (text: string): string | null => text.trim() || null;

/** Which case, and whose code. */
export const FilterForm = ({ show }: { readonly show: (filter: Filter) => void }) => {
  const { t } = useTranslation();
  const refusals = useRefusals();
  const form = useForm({ defaultValues: { ofCase: '', ofCode: '' } });
  return (
    <ActForm
      form={form}
      {...refusals}
      problem={null}
      pending={false}
      submitLabel={t('audit.show')}
      told={t('audit.filterTold')}
      submit={({ ofCase, ofCode }) => show({ caseNumber: orNull(ofCase), who: orNull(ofCode) })}
    >
      <TextField path="ofCase" label={t('audit.caseNumber')} width="medium" />
      <TextField path="ofCode" label={t('audit.who')} hint={t('audit.whoHint')} width="medium" />
    </ActForm>
  );
};

const schema = z.object({
  who: z.string().trim().min(1, 'required').max(40),
  reason: z.string().trim().min(1, 'required').max(500),
});
const LABELS = {
  who: { da: 'Medarbejderens kode', en: 'Code of the member of staff' },
  reason: { da: 'Hvorfor det er nødvendigt', en: 'Why it is necessary' },
};
const BLANK = { who: '', reason: '' };

/** Who a code is: with a reason, and their leader is told. */
export const UnmaskForm = ({ id }: { readonly id: string }) => {
  const { t } = useTranslation();
  const refusals = useRefusals();
  const [done, setDone] = useState(false);
  const form = useForm({ defaultValues: BLANK });
  const act = useAct(client.audits.unmask, {
    done: () => {
      form.reset(BLANK);
      setDone(true);
    },
    failed: ({ fields }) => refusals.refuse(fields),
  });
  return (
    <>
      {done ? (
        <Alert tone="success" live>
          <p>{t('audit.unmask.done')}</p>
        </Alert>
      ) : null}
      <ActForm
        form={form}
        {...refusals}
        problem={act.problem}
        pending={act.pending}
        submitLabel={t('audit.unmask.submit')}
        told={t('audit.unmask.told')}
        submit={(values) => {
          const { data } = schema.safeParse(values);
          refusals.refuse(refusalsBy(schema, values, LABELS));
          if (data) act.run({ id, ...data });
        }}
      >
        <TextField path="who" label={t('audit.who')} hint={t('audit.whoHint')} width="medium" />
        <TextField path="reason" label={t('audit.unmask.reason')} hint={t('audit.unmask.reasonHint')} />
      </ActForm>
    </>
  );
};
