import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { lines } from '#domain/form-fields.ts';
import { client } from '../api.ts';
import { ActForm } from '../form/act-form.tsx';
import { TextArea } from '../form/fields.tsx';
import { refusalsBy, useRefusals } from '../form/use-refusals.ts';
import { useAct } from '../use-act.ts';
import type { ActProps } from './use-case-act.ts';

const schema = z.object({ text: lines(20_000) });

type Props = Omit<ActProps, 'overtaken'> & { readonly notificationId: string };

/** The notification stays as it was sent; this is laid beside it. */
export const AddMoreForm = ({ notificationId, told, done, cancel }: Props) => {
  const { t } = useTranslation();
  const refusals = useRefusals();
  const form = useForm({ defaultValues: { text: '' } });
  const act = useAct(client.notifications.add, {
    done: () => done(t('notifier.add.done')),
    failed: ({ fields }) => refusals.refuse(fields),
  });
  return (
    <ActForm
      form={form}
      {...refusals}
      problem={act.problem}
      pending={act.pending}
      submitLabel={t('notifier.add.send')}
      told={told}
      cancel={cancel}
      submit={({ text }) => {
        const found = refusalsBy(schema, { text });
        refusals.refuse(found);
        if (found.length === 0) act.run({ notificationId, text });
      }}
    >
      <TextArea path="text" label={t('notifier.add.text')} rows={6} />
    </ActForm>
  );
};
