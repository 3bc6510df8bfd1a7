import { useQuery } from '@tanstack/react-query';
import { useFormContext, useWatch } from 'react-hook-form';
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

/** Of the units that have a part in the case, or of another one that is chosen. */
const WhomFields = ({ referralId }: { readonly referralId: string }) => {
  const { t } = useTranslation();
  const { setValue, control } = useFormContext<{ unit: string; personId: string }>();
  const unit = useWatch({ control, name: 'unit' });
  const all = useQuery(trpc.conflicts.nameable.queryOptions({ referralId, unit: null }));
  const found = useQuery(trpc.conflicts.nameable.queryOptions({ referralId, unit: unit || null }));
  if (all.error) return <Failed error={all.error} retry={all.refetch} />;
  if (!all.data) return <Loading />;
  return (
    <>
      <SelectField
        path="unit"
        label={t('conflicts.name.where')}
        empty={t('conflicts.name.concerned')}
        options={all.data.units.map(({ id, name }) => ({ value: id, label: name }))}
        changed={() => setValue('personId', '')}
      />
      {found.error ? <Failed error={found.error} retry={found.refetch} /> : null}
      {found.data ? (
        <SelectField
          path="personId"
          label={t('conflicts.name.whom')}
          options={found.data.people.map(({ id, title }) => ({ value: id, label: title }))}
        />
      ) : null}
      {found.isLoading ? <Loading /> : null}
    </>
  );
};

export const NameConflictForm = ({ item: { id, stateVersion }, ...props }: Props) => {
  const { t } = useTranslation();
  return (
    <CaseActForm
      {...props}
      procedure={client.conflicts.name}
      defaults={{ unit: '', personId: '', reason: '' }}
      schema={naming}
      input={({ unit: _, ...values }) => ({ id, stateVersion, ...values })}
      submitLabel={t('conflicts.name.submit')}
      doneText={t('conflicts.name.done')}
      warning
    >
      <WhomFields referralId={id} />
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
