import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { type Case, client, trpc } from '../api.ts';
import { Failed, Loading } from '../components/problem-alert.tsx';
import { RadioField } from '../form/fields.tsx';
import { CaseActForm } from './case-act-form.tsx';
import { chosen } from './form-schemas.ts';
import type { ActProps } from './use-case-act.ts';

const schema = z.object({ personId: chosen });

/** Who is away can still be chosen, and it says so. */
export const AssignForm = ({ item, ...props }: ActProps & { readonly item: Case }) => {
  const { t } = useTranslation();
  const colleagues = useQuery(trpc.organisation.colleagues.queryOptions({ referralId: item.id }));
  if (colleagues.error) return <Failed error={colleagues.error} retry={colleagues.refetch} />;
  if (!colleagues.data) return <Loading />;
  const others = colleagues.data.filter(({ id }) => id !== item.owner.handler?.id);
  if (others.length === 0) return <p>{t('case.assign.nobody')}</p>;
  return (
    <CaseActForm
      {...props}
      procedure={client.referrals.assign}
      defaults={{ personId: '' }}
      schema={schema}
      input={({ personId }) => ({ id: item.id, stateVersion: item.stateVersion, personId })}
      submitLabel={t('case.assign.submit')}
      doneText={t('case.acts.done')}
    >
      <RadioField
        path="personId"
        label={t('case.assign.to')}
        options={others.map(({ id, title, present }) => ({
          value: id,
          label: present ? title : t('case.assign.away', { title }),
        }))}
      />
    </CaseActForm>
  );
};
