import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client, type TaskItem, trpc } from '../api.ts';
import { Alert } from '../components/alert.tsx';
import { Badge } from '../components/badge.tsx';
import { useText, useWhen } from '../components/language.ts';
import { PageTitle } from '../components/page-title.tsx';
import { PagedList } from '../components/paged-list.tsx';
import { ProblemAlert } from '../components/problem-alert.tsx';
import { Reading } from '../delivery/reading.tsx';
import { DeliveryTabs } from '../delivery/tabs.tsx';
import { useAct } from '../use-act.ts';

type Props = { readonly item: TaskItem };

const What = ({ item }: Props) => {
  const { t } = useTranslation();
  const text = useText();
  const { about } = item;
  return (
    <>
      <strong>{text(item.name)}</strong>
      {about?.receiver ? (
        <span className="line">{t('delivery.tasks.about', { mail: text(about.mail), receiver: about.receiver })}</span>
      ) : null}
      {item.asksAbout ? <span className="line">{item.asksAbout}</span> : null}
      <span className="line muted">{text(item.why)}</span>
      {item.hint ? <span className="line">{text(item.hint)}</span> : null}
      {item.ofReading ? <Reading id={item.id} /> : null}
      {item.caseNumber && item.referralId ? (
        <span className="line">
          <Link to="/sag/$referralId" params={{ referralId: item.referralId }}>
            {t('delivery.tasks.case', { number: item.caseNumber })}
          </Link>
        </span>
      ) : null}
    </>
  );
};

const Who = ({ item }: Props) => {
  const { t } = useTranslation();
  return (
    <>
      {item.person}
      <span className="line muted">{item.unit}</span>
      {item.mine ? (
        <span className="line">
          <Badge tone="info">{t('delivery.tasks.mine')}</Badge>
        </span>
      ) : null}
    </>
  );
};

const Done = ({ item, finish }: Props & { readonly finish: (outcome: string) => void }) => {
  const { t } = useTranslation();
  const text = useText();
  if (item.letterId) {
    return (
      <Link to="/breve/$letterId" params={{ letterId: item.letterId }} className="button button-secondary">
        {t('delivery.tasks.open')}
      </Link>
    );
  }
  return (
    <ul className="nobullet-list no-max-width choices">
      {item.choices.map((choice) => (
        <li key={choice.code}>
          <button type="button" className="button button-secondary" onClick={() => finish(choice.code)}>
            {text(choice)}
          </button>
        </li>
      ))}
    </ul>
  );
};

/** *Opgaver*: what this person and their unit have been asked to do. */
export const TasksPage = () => {
  const { t } = useTranslation();
  const when = useWhen();
  const [message, setMessage] = useState<string | null>(null);
  const act = useAct(client.tasks.finish, { done: () => setMessage(t('delivery.tasks.done')) });
  const columns = [
    { key: 'what', header: t('delivery.tasks.columns.what'), cell: (item: TaskItem) => <What item={item} /> },
    { key: 'who', header: t('delivery.tasks.columns.who'), cell: (item: TaskItem) => <Who item={item} /> },
    {
      key: 'since',
      header: t('delivery.tasks.columns.since'),
      cell: (item: TaskItem) => when(item.openedAt),
      sorted: 'ascending' as const,
    },
    {
      key: 'done',
      header: t('delivery.tasks.columns.done'),
      cell: (item: TaskItem) => (
        <Done
          item={item}
          finish={(outcome) => act.run({ id: item.id, outcome: outcome as Parameters<typeof act.run>[0]['outcome'] })}
        />
      ),
    },
  ];
  return (
    <>
      <PageTitle title={t('delivery.tasks.title')} />
      <p className="lead">{t('delivery.tasks.lead')}</p>
      <DeliveryTabs />
      <ProblemAlert problem={act.problem} />
      {message ? (
        <Alert tone="success" live>
          <p>{message}</p>
        </Alert>
      ) : null}
      <PagedList
        queryKey={trpc.tasks.list.infiniteQueryKey({})}
        read={(at) => client.tasks.list.query(at)}
        columns={columns}
        caption={t('delivery.tasks.caption')}
        empty={t('delivery.tasks.empty')}
        showing={(count) => t('delivery.showing', { count })}
      />
      <p className="muted">{t('delivery.tasks.noneTold')}</p>
    </>
  );
};
