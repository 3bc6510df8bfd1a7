import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { lines } from '#domain/form-fields.ts';
import { client, queryClient, trpc } from '../api.ts';
import { Alert } from '../components/alert.tsx';
import { useText } from '../components/language.ts';
import { PageTitle } from '../components/page-title.tsx';
import { Failed, Loading } from '../components/problem-alert.tsx';
import { SentFiles } from '../feedback/sent-files.tsx';
import { ActForm } from '../form/act-form.tsx';
import { TextArea } from '../form/fields.tsx';
import { refusalsBy, useRefusals } from '../form/use-refusals.ts';
import { useAct } from '../use-act.ts';

const schema = z.object({ text: lines(20_000) });

type Props = { readonly requestId: string; readonly done: () => void };

const AnswerForm = ({ requestId, done }: Props) => {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const refusals = useRefusals();
  const form = useForm({ defaultValues: { text: '' } });
  const act = useAct(client.notifications.answer, {
    done: () => {
      void queryClient.invalidateQueries(trpc.notifications.mine.pathFilter());
      done();
    },
    failed: ({ fields }) => refusals.refuse(fields),
  });
  return (
    <ActForm
      form={form}
      {...refusals}
      problem={act.problem}
      pending={act.pending}
      submitLabel={t('telling.ask.sendAnswer')}
      told={t('telling.ask.answerTold')}
      cancel={() => void navigate({ to: '/mine' })}
      submit={({ text }) => {
        const found = refusalsBy(schema, { text });
        refusals.refuse(found);
        if (found.length === 0) act.run({ requestId, text });
      }}
    >
      <TextArea path="text" label={t('telling.ask.yourAnswer')} rows={8} />
    </ActForm>
  );
};

/** The notifier tells what the municipality asked for. */
export const AnswerPage = () => {
  const { t } = useTranslation();
  const text = useText();
  const { requestId, notificationId } = useParams({ from: '/gate/mine/$notificationId/svar/$requestId' });
  const [sent, setSent] = useState(false);
  const mine = useQuery(trpc.notifications.mine.queryOptions({}));
  const request = mine.data?.items.flatMap(({ requests }) => requests).find(({ id }) => id === requestId);
  return (
    <div className="narrow">
      <PageTitle title={t('telling.ask.answer')} />
      {mine.error ? <Failed error={mine.error} retry={mine.refetch} /> : null}
      {mine.isPending ? <Loading /> : null}
      {sent ? (
        <Alert tone="success" live>
          <p>{t('telling.ask.answered')}</p>
        </Alert>
      ) : null}
      {!sent && request ? (
        <>
          <p className="lead">{request.told.map(text).join(' ')}</p>
          <p>{t('telling.ask.read')}</p>
          <AnswerForm requestId={requestId} done={() => setSent(true)} />
        </>
      ) : null}
      {sent || request ? <SentFiles notificationId={notificationId} /> : null}
      {!sent && mine.data && !request ? <p>{t('telling.ask.nothing')}</p> : null}
      {sent || (mine.data && !request) ? <Link to="/mine">{t('notifier.done.all')}</Link> : null}
    </div>
  );
};
