import { useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { MESSAGE_STATES, type MessageState } from '#domain/delivery.ts';
import { client, type MessageItem, trpc } from '../api.ts';
import { Alert } from '../components/alert.tsx';
import { Badge } from '../components/badge.tsx';
import { useText, useWhen } from '../components/language.ts';
import { PageTitle } from '../components/page-title.tsx';
import { PagedList } from '../components/paged-list.tsx';
import { ProblemAlert } from '../components/problem-alert.tsx';
import { useRefresh } from '../live.tsx';
import { useAct } from '../use-act.ts';

const TONES: Partial<Record<MessageState, 'success' | 'warning' | 'error' | 'info'>> = {
  sent: 'success',
  deferred: 'warning',
  bounced: 'error',
  failed: 'error',
  fallback: 'info',
};
const AGAIN: ReadonlySet<MessageState> = new Set(['deferred', 'bounced', 'failed', 'fallback']);
/** The server counts no further than this. */
const CAP = 999;

const Filter = () => {
  const { t } = useTranslation();
  const refetchInterval = useRefresh();
  const counts = useQuery(trpc.messages.counts.queryOptions(undefined, { refetchInterval }));
  const count = (state: MessageState): string => {
    const found = counts.data?.[state] ?? 0;
    return found > CAP ? `${CAP}+` : String(found);
  };
  return (
    <nav className="tab-container list-tabs" aria-label={t('delivery.messages.filter')}>
      <ul className="tab-list">
        {[null, ...MESSAGE_STATES].map((state) => (
          <li key={state ?? 'all'}>
            <Link
              to="/mails"
              search={state ? { tilstand: state } : {}}
              className="tab-button"
              activeOptions={{ exact: true, includeSearch: true }}
            >
              <span>
                {state ? t(`delivery.messages.states.${state}`) : t('delivery.messages.all')}
                {state && counts.data ? <span className="tab-count"> {count(state)}</span> : null}
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
};

const State = ({ item }: { readonly item: MessageItem }) => {
  const { t } = useTranslation();
  const text = useText();
  const when = useWhen();
  const tone = TONES[item.state];
  return (
    <>
      <Badge {...(tone ? { tone } : {})}>{t(`delivery.messages.states.${item.state}`)}</Badge>
      {item.why ? <span className="line">{text(item.why)}</span> : null}
      {item.nextAttemptAt ? (
        <span className="line">{t('delivery.messages.next', { when: when(item.nextAttemptAt) })}</span>
      ) : null}
      {item.sentAt ? (
        <span className="line muted">{t('delivery.messages.sentAt', { when: when(item.sentAt) })}</span>
      ) : null}
      {item.maybeTwice ? <span className="line">{t('delivery.messages.twice')}</span> : null}
      {item.actedBy ? <span className="line muted">{t('delivery.messages.by', { who: item.actedBy })}</span> : null}
    </>
  );
};

/** What fell due while nothing ran by itself was met afterwards; the journal of each case says so. */
const LastOutage = () => {
  const { t } = useTranslation();
  const when = useWhen();
  const { data } = useQuery(trpc.messages.lastOutage.queryOptions());
  if (data === undefined) return null;
  return (
    <p className="muted">
      {data === null
        ? t('delivery.messages.outageNone')
        : t('delivery.messages.outage', { from: when(data.from), until: when(data.until), count: data.overdue })}
    </p>
  );
};

/** *Mails*: where each stands, and sending again what did not arrive. */
export const MessagesPage = () => {
  const { t } = useTranslation();
  const text = useText();
  const when = useWhen();
  const { tilstand: state } = useSearch({ from: '/gate/mails' });
  const [message, setMessage] = useState<string | null>(null);
  const resent = ({ count }: { count: number }) => setMessage(t('delivery.messages.resent', { count }));
  const one = useAct(client.messages.resend, { done: resent });
  const all = useAct(client.messages.resendAll, { done: resent });
  const report = useAct(client.messages.report, { done: () => setMessage(t('delivery.messages.reported')) });
  const columns = [
    {
      key: 'what',
      header: t('delivery.messages.columns.what'),
      cell: (item: MessageItem) => (
        <>
          <strong>{text(item.name)}</strong>
          <span className="line muted">{when(item.createdAt)}</span>
        </>
      ),
      sorted: 'descending' as const,
    },
    {
      key: 'to',
      header: t('delivery.messages.columns.to'),
      cell: (item: MessageItem) => item.receiver ?? t('delivery.messages.notifier'),
    },
    {
      key: 'state',
      header: t('delivery.messages.columns.state'),
      cell: (item: MessageItem) => <State item={item} />,
    },
    {
      key: 'attempts',
      header: t('delivery.messages.columns.attempts'),
      cell: (item: MessageItem) => (
        <>
          {t('delivery.messages.attempts', { count: item.attempts })}
          {item.answer && /^\d/.test(item.answer) ? (
            <span className="line muted">{t('delivery.messages.answer', { answer: item.answer })}</span>
          ) : null}
        </>
      ),
    },
    {
      key: 'acts',
      header: t('delivery.messages.columns.acts'),
      cell: (item: MessageItem) => (
        <>
          {AGAIN.has(item.state) ? (
            <button type="button" className="button button-secondary" onClick={() => one.run({ id: item.id })}>
              {t('delivery.messages.resend')}
            </button>
          ) : null}
          {item.state === 'sent' ? (
            <button type="button" className="function-link" onClick={() => report.run({ id: item.id })}>
              {t('delivery.messages.report')}
            </button>
          ) : null}
        </>
      ),
    },
  ];
  const shown = state ? t(`delivery.messages.states.${state}`) : t('delivery.messages.all');
  return (
    <>
      <PageTitle title={t('delivery.messages.title')} windowTitle={`${t('delivery.messages.title')}: ${shown}`} />
      <p className="lead">{t('delivery.messages.lead')}</p>
      <LastOutage />
      <Filter />
      <ProblemAlert problem={one.problem ?? all.problem ?? report.problem} />
      {message ? (
        <Alert tone="success" live>
          <p>{message}</p>
        </Alert>
      ) : null}
      {state && AGAIN.has(state) ? (
        <div className="list-tools">
          <button type="button" className="button button-primary" onClick={() => all.run({ state })}>
            {t('delivery.messages.resendAll')}
          </button>
          <p className="act-told">{t('delivery.messages.resendTold')}</p>
        </div>
      ) : null}
      {state === 'sent' ? <p className="act-told">{t('delivery.messages.reportTold')}</p> : null}
      <PagedList
        key={state ?? 'all'}
        queryKey={trpc.messages.list.infiniteQueryKey({ state: state ?? null })}
        read={(at) => client.messages.list.query({ state: state ?? null, ...at })}
        columns={columns}
        caption={t('delivery.messages.caption', { state: shown })}
        empty={t('delivery.messages.empty')}
        showing={(count) => t('delivery.showing', { count })}
      />
    </>
  );
};
