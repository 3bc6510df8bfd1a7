import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { client, type LetterItem, trpc } from '../api.ts';
import { Badge } from '../components/badge.tsx';
import { DueWords } from '../components/due-words.tsx';
import { useText, useWhen } from '../components/language.ts';
import { PageTitle } from '../components/page-title.tsx';
import { PagedList } from '../components/paged-list.tsx';
import { DeliveryTabs } from '../delivery/tabs.tsx';

/** *Breve*: what must be posted or phoned, because no mail brings it. */
export const LettersPage = () => {
  const { t } = useTranslation();
  const text = useText();
  const when = useWhen();
  const columns = [
    {
      key: 'what',
      header: t('delivery.letters.columns.what'),
      cell: (item: LetterItem) => (
        <>
          <Link to="/breve/$letterId" params={{ letterId: item.id }} className="row-link">
            {t(`delivery.letters.kinds.${item.kind}`)}, {item.caseNumber}
          </Link>
          {item.acute ? (
            <span className="line">
              <Badge tone="error">{t('common.acute')}</Badge>
            </span>
          ) : null}
          <span className="line muted">{text(item.why)}</span>
        </>
      ),
    },
    {
      key: 'due',
      header: t('delivery.letters.columns.due'),
      cell: (item: LetterItem) => (
        <>
          <DueWords at={item.dueAt} />
          {item.dueAt ? <span className="line muted">{when(item.dueAt)}</span> : null}
        </>
      ),
    },
    {
      key: 'who',
      header: t('delivery.letters.columns.who'),
      cell: (item: LetterItem) => (
        <>
          {item.unit}
          <span className="line muted">{item.handler ?? t('delivery.letters.nobody')}</span>
        </>
      ),
    },
    {
      key: 'since',
      header: t('delivery.letters.columns.since'),
      cell: (item: LetterItem) => when(item.createdAt),
      sorted: 'ascending' as const,
    },
  ];
  return (
    <>
      <PageTitle title={t('delivery.letters.title')} />
      <p className="lead">{t('delivery.letters.lead')}</p>
      <DeliveryTabs />
      <PagedList
        queryKey={trpc.letters.list.infiniteQueryKey({})}
        read={(at) => client.letters.list.query(at)}
        columns={columns}
        caption={t('delivery.letters.caption')}
        empty={t('delivery.letters.empty')}
        showing={(count) => t('delivery.showing', { count })}
      />
    </>
  );
};
