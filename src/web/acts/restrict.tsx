import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { type Case, client, trpc } from '../api.ts';
import { Failed, Loading } from '../components/problem-alert.tsx';
import { CheckGroups, TextArea } from '../form/fields.tsx';
import { CaseActForm } from './case-act-form.tsx';
import { reason } from './form-schemas.ts';
import { ReasonForm } from './reason-form.tsx';
import type { ActProps } from './use-case-act.ts';

type Props = ActProps & { readonly item: Case };

const schema = z.object({ named: z.array(z.string()).min(1, 'required'), reason });

/** The whole list each time: whoever is ticked sees the child's cases, nobody else. */
export const RestrictForm = ({ item: { id, stateVersion }, ...props }: Props) => {
  const { t } = useTranslation();
  const found = useQuery(trpc.restrictions.choices.queryOptions({ referralId: id }));
  if (found.error) return <Failed error={found.error} retry={found.refetch} />;
  if (!found.data) return <Loading />;
  return (
    <CaseActForm
      {...props}
      procedure={client.restrictions.restrict}
      defaults={{ named: found.data.filter(({ named }) => named).map((person) => person.id), reason: '' }}
      schema={schema}
      input={(values) => ({ id, stateVersion, ...values })}
      submitLabel={t('restrictions.submit')}
      doneText={t('restrictions.done')}
      warning
    >
      <CheckGroups
        path="named"
        label={t('restrictions.whom')}
        hint={t('restrictions.whomHint')}
        groups={[
          {
            label: t('restrictions.choose'),
            options: found.data.map((person) => ({ value: person.id, label: person.title })),
          },
        ]}
      />
      <TextArea path="reason" label={t('restrictions.reason')} hint={t('conflicts.reasonHint')} />
    </CaseActForm>
  );
};

export const LiftRestrictionForm = ({ item, ...props }: Props) => {
  const { t } = useTranslation();
  return (
    <ReasonForm
      {...props}
      item={item}
      procedure={client.restrictions.lift}
      label={t('restrictions.liftReason')}
      submitLabel={t('restrictions.lift')}
      warning
    />
  );
};
