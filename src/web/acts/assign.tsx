import { useQuery } from '@tanstack/react-query';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { type Case, client, trpc } from '../api.ts';
import { Failed, Loading } from '../components/problem-alert.tsx';
import { ActForm } from '../form/act-form.tsx';
import { RadioField } from '../form/fields.tsx';
import { refusalsBy, useRefusals } from '../form/use-refusals.ts';
import { type ActProps, useCaseAct } from './use-case-act.ts';

const schema = z.object({ personId: z.string({ error: 'required' }).min(1, 'required') });

/** Who is away can still be chosen, and it says so. */
export const AssignForm = ({ item, ...props }: ActProps & { readonly item: Case }) => {
  const { t } = useTranslation();
  const colleagues = useQuery(trpc.organisation.colleagues.queryOptions({ referralId: item.id }));
  const refusals = useRefusals();
  const form = useForm({ defaultValues: { personId: '' } });
  const act = useCaseAct(client.referrals.assign, {
    ...props,
    done: () => props.done(t('case.acts.done')),
    failed: ({ fields }) => refusals.refuse(fields),
  });
  if (colleagues.error) return <Failed error={colleagues.error} retry={colleagues.refetch} />;
  if (!colleagues.data) return <Loading />;
  const others = colleagues.data.filter(({ id }) => id !== item.owner.handler?.id);
  if (others.length === 0) return <p>{t('case.assign.nobody')}</p>;
  return (
    <ActForm
      form={form}
      {...refusals}
      problem={act.shown}
      pending={act.pending}
      submitLabel={t('case.assign.submit')}
      told={props.told}
      cancel={props.cancel}
      submit={(values) => {
        const found = refusalsBy(schema, { personId: values.personId ?? '' });
        refusals.refuse(found);
        if (found.length === 0) act.run({ id: item.id, stateVersion: item.stateVersion, personId: values.personId });
      }}
    >
      <RadioField
        path="personId"
        label={t('case.assign.to')}
        options={others.map(({ id, title, present }) => ({
          value: id,
          label: present ? title : t('case.assign.away', { title }),
        }))}
      />
    </ActForm>
  );
};
