import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client, type Outputs, trpc } from '../api.ts';
import { Alert } from '../components/alert.tsx';
import { Badge } from '../components/badge.tsx';
import { useWhen } from '../components/language.ts';
import { type Column, ListTable } from '../components/list-table.tsx';
import { PageTitle } from '../components/page-title.tsx';
import { Failed, Loading, ProblemAlert } from '../components/problem-alert.tsx';
import { useSession } from '../session.tsx';
import { useAct } from '../use-act.ts';

type Listed = Outputs['session']['list'][number];

type Props = { readonly items: readonly Listed[]; readonly caption: string; readonly end: (id: string) => void };

const Sessions = ({ items, caption, end }: Props) => {
  const { t } = useTranslation();
  const when = useWhen();
  const columns: readonly Column<Listed>[] = [
    {
      key: 'begun',
      header: t('login.sessions.begun'),
      labelled: true,
      sorted: 'descending',
      cell: ({ createdAt, present }) => (
        <>
          {when(createdAt)}
          {present ? (
            <span className="line">
              <Badge tone="info">{t('login.sessions.here')}</Badge>
            </span>
          ) : null}
        </>
      ),
    },
    { key: 'seen', header: t('login.sessions.seen'), labelled: true, cell: ({ seenAt }) => when(seenAt) },
    { key: 'ends', header: t('login.sessions.ends'), labelled: true, cell: ({ expiresAt }) => when(expiresAt) },
    {
      key: 'end',
      header: t('login.sessions.end'),
      cell: ({ id, present }) =>
        present ? null : (
          <button type="button" className="button button-secondary" onClick={() => end(id)}>
            {t('login.sessions.end')}
          </button>
        ),
    },
  ];
  return <ListTable items={items} columns={columns} caption={caption} />;
};

/** Where somebody is logged in: oneself, or for administrators whomever the address names by id. */
export const SessionsPage = () => {
  const { t } = useTranslation();
  const session = useSession();
  const { person } = useSearch({ from: '/gate/dine-login' });
  const personId = person ?? session.personId;
  const own = personId === session.personId;
  const title = own ? t('login.sessions.title') : t('login.sessions.titleOf', { person: personId });
  const [ended, setEnded] = useState<number | null>(null);
  const list = useQuery(trpc.session.list.queryOptions({ personId }));
  const done = { done: (out: { ended: number }) => setEnded(out.ended) };
  const end = useAct(client.session.end, done);
  const endAll = useAct(client.session.endAll, done);
  const others = list.data?.filter(({ present }) => !present).length ?? 0;
  return (
    <>
      <PageTitle title={title} />
      <p className="lead">{t(own ? 'login.sessions.lead' : 'login.sessions.leadOf')}</p>
      {ended === null ? null : (
        <Alert tone="success" live>
          <p>{t('login.sessions.ended', { count: ended })}</p>
        </Alert>
      )}
      <ProblemAlert problem={end.problem ?? endAll.problem} />
      {list.isPending ? <Loading /> : null}
      {list.error ? <Failed error={list.error} retry={list.refetch} /> : null}
      {list.data?.length === 0 ? <p>{t('login.sessions.empty')}</p> : null}
      {list.data && list.data.length > 0 ? (
        <Sessions items={list.data} caption={title} end={(id) => end.run({ personId, id })} />
      ) : null}
      {others > 0 ? (
        <button type="button" className="button button-primary" onClick={() => endAll.run({ personId })}>
          {t(own ? 'login.sessions.endAll' : 'login.sessions.endAllOf')}
        </button>
      ) : null}
    </>
  );
};
