import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { client, type Outputs, trpc } from '../api.ts';
import { Badge } from '../components/badge.tsx';
import { useWhen } from '../components/language.ts';
import { PageTitle } from '../components/page-title.tsx';
import { PagedList } from '../components/paged-list.tsx';
import { Failed, Loading } from '../components/problem-alert.tsx';
import { useRefresh } from '../live.tsx';

type Summary = Outputs['notifications']['institution'];
type Line = Outputs['notifications']['ofInstitution']['items'][number];

const COUNTS = ['sent', 'receipted', 'answered', 'withheld', 'silent'] as const;
const TONES = { answered: 'success', withheld: 'info', silent: 'warning' } as const;

const InNumbers = ({ counts }: Pick<Summary, 'counts'>) => {
  const { t } = useTranslation();
  return (
    <section>
      <h2>{t('sending.ours.year')}</h2>
      <dl className="facts">
        {COUNTS.map((key) => (
          <div key={key}>
            <dt>{t(`sending.ours.counts.${key}`)}</dt>
            <dd>{counts[key]}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
};

const Away = ({ away }: Pick<Summary, 'away'>) => {
  const { t } = useTranslation();
  return (
    <section>
      <h2>{t('sending.ours.away')}</h2>
      {away.length === 0 ? <p>{t('sending.ours.awayNone')}</p> : null}
      <ul>
        {away.map(({ id, title, answers }) => (
          <li key={id}>
            {title}
            <span className="line muted">
              {answers ? t('sending.ours.answers', { who: answers }) : t('sending.ours.answersNone')}
            </span>
          </li>
        ))}
      </ul>
      <p>
        <Link to="/fravaer">{t('sending.ours.toAbsence')}</Link>
      </p>
    </section>
  );
};

const By = ({ by }: Pick<Line, 'by'>) => {
  const { t } = useTranslation();
  return (
    <>
      {by?.title ?? t('sending.ours.unknown')}
      {by?.left ? (
        <span className="line">
          <Badge tone="warning">{t('sending.ours.left')}</Badge>
        </span>
      ) : null}
    </>
  );
};

const useColumns = () => {
  const { t } = useTranslation();
  const when = useWhen();
  const receipt = ({ receipt: { state, at, dueAt } }: Line): string => {
    const then = state === 'delivered' ? at : dueAt;
    return t(`sending.ours.receipt.${state}`, { when: then ? when(then) : '' });
  };
  type Item = Line & { readonly id: string };
  const column = (key: 'received' | 'by' | 'receipt' | 'answered', cell: (item: Item) => ReactNode) => ({
    key,
    header: t(`sending.ours.columns.${key}`),
    cell,
    ...(key === 'received' ? { sorted: 'descending' as const, narrow: true } : {}),
    labelled: key === 'received' || key === 'by',
  });
  return [
    column('received', (item) => when(item.receivedAt)),
    column('by', (item) => <By by={item.by} />),
    column('receipt', receipt),
    column('answered', ({ answered }) => (
      <Badge tone={TONES[answered]}>{t(`sending.ours.answered.${answered}`)}</Badge>
    )),
  ];
};

/** *Vores underretninger*: what an institution has sent, for its leader; nothing that is the notifier's own. */
export const InstitutionPage = () => {
  const { t } = useTranslation();
  const refetchInterval = useRefresh();
  const columns = useColumns();
  const summary = useQuery(trpc.notifications.institution.queryOptions(undefined, { refetchInterval }));
  return (
    <>
      <PageTitle title={t('sending.ours.title')} />
      <p className="lead">{t('sending.ours.lead')}</p>
      {summary.error && !summary.data ? <Failed error={summary.error} retry={summary.refetch} /> : null}
      {summary.isPending ? <Loading /> : null}
      {summary.data ? (
        <div className="figure-grid">
          <InNumbers counts={summary.data.counts} />
          <Away away={summary.data.away} />
        </div>
      ) : null}
      <h2>{t('sending.ours.list')}</h2>
      <PagedList
        queryKey={trpc.notifications.ofInstitution.infiniteQueryKey({})}
        read={async (at) => {
          const { items, nextCursor } = await client.notifications.ofInstitution.query(at);
          return { items: items.map((item) => ({ ...item, id: item.notificationId })), nextCursor };
        }}
        columns={columns}
        caption={t('sending.ours.caption')}
        empty={t('sending.ours.empty')}
        showing={(count) => t('sending.ours.showing', { count })}
      />
    </>
  );
};
