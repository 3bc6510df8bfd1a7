import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import type { Reason } from '#domain/errors.ts';
import { lines } from '#domain/form-fields.ts';
import { useCaseAct } from '../acts/use-case-act.ts';
import { type Case, client, trpc } from '../api.ts';
import { Overtaken, type OvertakenBy } from '../components/overtaken.tsx';
import { PageTitle } from '../components/page-title.tsx';
import { FailedPage, Loading } from '../components/problem-alert.tsx';
import { ActForm } from '../form/act-form.tsx';
import { TextArea } from '../form/fields.tsx';
import { refusalsBy, useRefusals } from '../form/use-refusals.ts';

const schema = z.object({ reason: lines(2_000) });

const ErrorForm = ({ item }: { readonly item: Case }) => {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [overtaken, setOvertaken] = useState<OvertakenBy>(null);
  const refusals = useRefusals();
  const form = useForm({ defaultValues: { reason: '' } });
  const back = () => navigate({ to: '/sag/$referralId', params: { referralId: item.id } });
  const act = useCaseAct(client.referrals.markInError, {
    overtaken: (why: Reason | null) => setOvertaken({ why }),
    done: () => void back(),
    failed: ({ fields }) => refusals.refuse(fields),
  });
  return (
    <>
      <Overtaken by={overtaken} live />
      <ActForm
        form={form}
        {...refusals}
        problem={act.shown}
        pending={act.pending}
        submitLabel={t('case.error.submit')}
        told={t('case.error.told')}
        warning
        cancel={() => void back()}
        submit={(values) => {
          const found = refusalsBy(schema, values);
          refusals.refuse(found);
          if (found.length === 0) act.run({ id: item.id, stateVersion: item.stateVersion, ...values });
        }}
      >
        <TextArea path="reason" label={t('case.error.reason')} />
      </ActForm>
    </>
  );
};

/** Closing a case as registered in error asks on a page of its own, because it cannot be undone. */
export const ErrorPage = () => {
  const { t } = useTranslation();
  const { referralId } = useParams({ from: '/gate/sag/$referralId/fejl' });
  const item = useQuery(trpc.referrals.get.queryOptions({ id: referralId }));
  if (item.error) return <FailedPage error={item.error} retry={item.refetch} />;
  if (!item.data) return <Loading />;
  return (
    <div className="narrow">
      <PageTitle title={t('case.error.title', { number: item.data.caseNumber })} />
      <p className="lead">{t('case.error.lead')}</p>
      <ErrorForm item={item.data} />
    </div>
  );
};
