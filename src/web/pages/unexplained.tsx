import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { type Outputs, trpc } from '../api.ts';
import { Badge } from '../components/badge.tsx';
import { useText, useWhen } from '../components/language.ts';
import { PageTitle } from '../components/page-title.tsx';
import { Failed, Loading } from '../components/problem-alert.tsx';
import { useRefresh } from '../live.tsx';

type Row = Outputs['work']['unexplained'][number];

const Card = ({ row }: { readonly row: Row }) => {
  const { t } = useTranslation();
  const text = useText();
  const when = useWhen();
  const { explained, explainedBy, endedAt } = row;
  return (
    <li className="work-card">
      <div>
        <Link to="/sag/$referralId" params={{ referralId: row.referralId }} className="row-link">
          {row.caseNumber}
        </Link>
        <span className="line">{text(row.name)}</span>
      </div>
      <div>
        {t('case.clocks.due', { when: when(row.dueAt) })}
        <span className="line muted">
          {endedAt ? t('clocks.unexplained.met', { when: when(endedAt) }) : t('clocks.unexplained.running')}
        </span>
      </div>
      <div>{row.unit}</div>
      <div>
        <Badge tone={explained === 'given' ? 'info' : 'warning'}>{t(`clocks.passed.${explained ?? 'owed'}`)}</Badge>
        {explainedBy ? <span className="line muted">{t('clocks.explainedBy', { who: explainedBy })}</span> : null}
      </div>
    </li>
  );
};

/** *Overskredne frister*: periods of the law that have passed, until somebody has explained and a leader accepted. */
export const UnexplainedPage = () => {
  const { t } = useTranslation();
  const refetchInterval = useRefresh();
  const list = useQuery(trpc.work.unexplained.queryOptions(undefined, { refetchInterval }));
  return (
    <>
      <PageTitle title={t('clocks.unexplained.title')} />
      <p className="lead">{t('clocks.unexplained.lead')}</p>
      {list.error && !list.data ? <Failed error={list.error} retry={list.refetch} /> : null}
      {list.isPending ? <Loading /> : null}
      {list.data?.length === 0 ? <p className="empty">{t('clocks.unexplained.empty')}</p> : null}
      {list.data && list.data.length > 0 ? (
        <ul className="work-cards work-rows nobullet-list no-max-width" aria-label={t('clocks.unexplained.caption')}>
          {list.data.map((row) => (
            <Card key={row.clockId} row={row} />
          ))}
        </ul>
      ) : null}
    </>
  );
};
