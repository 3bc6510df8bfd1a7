import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { client, type Outputs, trpc } from '../api.ts';
import { Badge } from '../components/badge.tsx';
import { useWhen } from '../components/language.ts';
import { type Column, ListTable } from '../components/list-table.tsx';
import { PageTitle } from '../components/page-title.tsx';
import { Failed, Loading } from '../components/problem-alert.tsx';
import { ActForm } from '../form/act-form.tsx';
import { TextField } from '../form/fields.tsx';
import { refusalsBy, useRefusals } from '../form/use-refusals.ts';
import { useAct } from '../use-act.ts';

type Audit = Outputs['audits']['list'][number];

const Own = ({ items }: { readonly items: readonly Audit[] }) => {
  const { t } = useTranslation();
  const when = useWhen();
  if (items.length === 0) return <p className="empty">{t('audit.none')}</p>;
  const columns: Column<Audit>[] = [
    {
      key: 'purpose',
      header: t('audit.title'),
      cell: ({ id, purpose, ended }) =>
        ended ? (
          <>
            {purpose}
            <span className="line">
              <Badge tone="info">{t('audit.ended')}</Badge>
            </span>
          </>
        ) : (
          <Link to="/revision/$auditId" params={{ auditId: id }} className="row-link">
            {purpose}
          </Link>
        ),
    },
    { key: 'opened', header: t('audit.opened'), labelled: true, cell: ({ openedAt }) => when(openedAt) },
    { key: 'ends', header: t('audit.ends'), labelled: true, cell: ({ endsAt }) => when(endsAt, 'day') },
  ];
  return <ListTable items={items} columns={columns} caption={t('audit.own')} />;
};

const schema = z.object({ purpose: z.string().trim().min(1, 'required').max(500) });
const LABELS = { purpose: { da: 'Hvad du skal undersøge', en: 'What you are going to look into' } };

const Open = () => {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const refusals = useRefusals();
  const form = useForm({ defaultValues: { purpose: '' } });
  const act = useAct(client.audits.open, {
    done: ({ id }) => navigate({ to: '/revision/$auditId', params: { auditId: id } }),
    failed: ({ fields }) => refusals.refuse(fields),
  });
  return (
    <ActForm
      form={form}
      {...refusals}
      problem={act.problem}
      pending={act.pending}
      submitLabel={t('audit.submit')}
      told={t('audit.told')}
      submit={(values) => {
        const { data } = schema.safeParse(values);
        refusals.refuse(refusalsBy(schema, values, LABELS));
        if (data) act.run(data);
      }}
    >
      <TextField path="purpose" label={t('audit.purpose')} hint={t('audit.purposeHint')} />
    </ActForm>
  );
};

/** *Revision*: what an auditor has opened, and a new one. */
export const AuditsPage = () => {
  const { t } = useTranslation();
  const audits = useQuery(trpc.audits.list.queryOptions());
  return (
    <>
      <PageTitle title={t('audit.title')} />
      <p className="lead">{t('audit.lead')}</p>
      <h2>{t('audit.own')}</h2>
      {audits.error ? <Failed error={audits.error} retry={audits.refetch} /> : null}
      {audits.isPending ? <Loading /> : null}
      {audits.data ? <Own items={audits.data} /> : null}
      <h2>{t('audit.open')}</h2>
      <Open />
    </>
  );
};
