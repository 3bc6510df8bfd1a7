import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { type Sent, trpc } from '../api.ts';
import { Alert } from '../components/alert.tsx';
import { CallNow } from '../components/call-now.tsx';
import { useText, useWhen } from '../components/language.ts';
import { PageTitle } from '../components/page-title.tsx';
import { Phone } from '../components/phone.tsx';
import { Failed, Loading } from '../components/problem-alert.tsx';

const WhatNow = ({ item }: { readonly item: Sent }) => {
  const { t } = useTranslation();
  const text = useText();
  const when = useWhen();
  const { state, dueAt } = item.receipt;
  const receipt =
    state === 'not-owed'
      ? t('notifier.done.receiptNone')
      : dueAt
        ? t('notifier.done.receipt', { when: when(dueAt) })
        : t('notifier.done.receiptNow');
  return (
    <>
      <Alert tone="success">
        <p>{t('notifier.done.received', { when: when(item.receivedAt, 'full') })}</p>
      </Alert>
      <h2>{t('notifier.done.next')}</h2>
      <ol>
        <li>{receipt}</li>
        <li>{t('notifier.done.assess')}</li>
        {item.feedback ? <li>{text(item.feedback)}</li> : null}
        <li>{t('notifier.done.addLater')}</li>
      </ol>
      <p>
        {t('notifier.done.contact', { department: text(item.department) })} <Phone number={item.phone} />
      </p>
    </>
  );
};

/** The confirmation: it arrived, what happens now, whom to call. */
export const SubmittedPage = () => {
  const { t } = useTranslation();
  const { notificationId } = useParams({ from: '/gate/sendt/$notificationId' });
  const sent = useQuery(trpc.notifications.mine.queryOptions({}));
  const item = sent.data?.items.find((one) => one.notificationId === notificationId);
  return (
    <div className="narrow">
      <PageTitle title={t('notifier.done.title')} />
      {sent.error ? <Failed error={sent.error} retry={sent.refetch} /> : null}
      {sent.isPending ? <Loading /> : null}
      {item ? <WhatNow item={item} /> : null}
      {item?.acute ? <CallNow /> : null}
      <div className="button-group">
        <Link to="/mine" className="button button-primary">
          {t('notifier.done.all')}
        </Link>
        <Link to="/ny" className="button button-secondary">
          {t('notifier.done.another')}
        </Link>
      </div>
    </div>
  );
};
