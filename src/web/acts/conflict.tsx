import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { type Case, client, trpc } from '../api.ts';
import { Failed, Loading } from '../components/problem-alert.tsx';
import { RadioField, SelectField, TextArea } from '../form/fields.tsx';
import { CaseActForm } from './case-act-form.tsx';
import { chosen, reason } from './form-schemas.ts';
import type { ActProps } from './use-case-act.ts';

type Props = ActProps & { readonly item: Case };

const declaring = z.object({ reason });
const naming = z.object({ personId: chosen, reason });

/** Whoever says so has lost the page by the time it is told. */
export const DeclareConflictForm = ({
  item: { id, stateVersion },
  ...props
}: ActProps & { readonly item: Pick<Case, 'id' | 'stateVersion'> }) => {
  const { t } = useTranslation();
  return (
    <CaseActForm
      {...props}
      procedure={client.conflicts.declare}
      defaults={{ reason: '' }}
      schema={declaring}
      input={(values) => ({ id, stateVersion, ...values })}
      submitLabel={t('conflicts.declare.submit')}
      doneText={t('conflicts.declare.done')}
      warning
    >
      <TextArea path="reason" label={t('conflicts.declare.reason')} hint={t('conflicts.reasonHint')} />
    </CaseActForm>
  );
};

export const NameConflictForm = ({ item: { id, stateVersion }, ...props }: Props) => {
  const { t } = useTranslation();
  const found = useQuery(trpc.conflicts.nameable.queryOptions({ referralId: id }));
  if (found.error) return <Failed error={found.error} retry={found.refetch} />;
  if (!found.data) return <Loading />;
  return (
    <CaseActForm
      {...props}
      procedure={client.conflicts.name}
      defaults={{ personId: '', reason: '' }}
      schema={naming}
      input={(values) => ({ id, stateVersion, ...values })}
      submitLabel={t('conflicts.name.submit')}
      doneText={t('conflicts.name.done')}
      warning
    >
      <SelectField
        path="personId"
        label={t('conflicts.name.whom')}
        options={found.data.map((person) => ({ value: person.id, label: person.title }))}
      />
      <TextArea path="reason" label={t('conflicts.name.reason')} hint={t('conflicts.reasonHint')} />
    </CaseActForm>
  );
};

export const LiftConflictForm = ({ item: { id, stateVersion, barred }, ...props }: Props) => {
  const { t } = useTranslation();
  return (
    <CaseActForm
      {...props}
      procedure={client.conflicts.lift}
      defaults={{ personId: '', reason: '' }}
      schema={naming}
      input={(values) => ({ id, stateVersion, ...values })}
      submitLabel={t('conflicts.lift.submit')}
      doneText={t('case.acts.done')}
    >
      <RadioField
        path="personId"
        label={t('conflicts.lift.whom')}
        options={barred.map(({ personId, title }) => ({ value: personId, label: title }))}
      />
      <TextArea path="reason" label={t('conflicts.lift.reason')} />
    </CaseActForm>
  );
};
