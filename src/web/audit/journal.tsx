import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Outputs, trpc } from '../api.ts';
import { Alert } from '../components/alert.tsx';
import { useWhen } from '../components/language.ts';
import { type Column, ListTable } from '../components/list-table.tsx';
import { Failed, Loading } from '../components/problem-alert.tsx';

type Anchor = Outputs['audits']['anchors'][number];

const Checked = () => {
  const { t } = useTranslation();
  const state = useQuery(trpc.audits.verify.queryOptions(undefined, { staleTime: Number.POSITIVE_INFINITY }));
  if (state.error) return <Failed error={state.error} retry={state.refetch} />;
  if (!state.data) return <Loading />;
  const { intact, entries, firstBroken } = state.data;
  return (
    <Alert
      tone={intact ? 'success' : 'error'}
      heading={t(intact ? 'audit.journal.intact' : 'audit.journal.broken')}
      live
    >
      <p>{t('audit.journal.entries', { count: entries })}</p>
      {firstBroken ? (
        <p>
          {t('audit.journal.first', { what: [firstBroken.what, firstBroken.referralId].filter(Boolean).join(', ') })}
        </p>
      ) : null}
    </Alert>
  );
};

/** Is the journal whole, and which anchors must stand outside the database? */
export const Journal = () => {
  const { t } = useTranslation();
  const when = useWhen();
  const [asked, setAsked] = useState(false);
  const anchors = useQuery(trpc.audits.anchors.queryOptions());
  const columns: Column<Anchor>[] = [
    { key: 'at', header: t('audit.columns.at'), sorted: 'descending', labelled: true, cell: ({ at }) => when(at) },
    {
      key: 'line',
      header: t('audit.journal.line'),
      cell: ({ line }) => <code className="audit-data">{line}</code>,
    },
  ];
  return (
    <>
      <p>{t('audit.journal.lead')}</p>
      {asked ? (
        <Checked />
      ) : (
        <button type="button" className="button button-primary" onClick={() => setAsked(true)}>
          {t('audit.journal.check')}
        </button>
      )}
      <h2>{t('audit.journal.anchors')}</h2>
      <p>{t('audit.journal.anchorsLead')}</p>
      {anchors.error ? <Failed error={anchors.error} retry={anchors.refetch} /> : null}
      {anchors.data?.length === 0 ? <p className="empty">{t('audit.journal.noAnchors')}</p> : null}
      {anchors.data?.length ? (
        <ListTable items={anchors.data} columns={columns} caption={t('audit.journal.anchors')} />
      ) : null}
    </>
  );
};
