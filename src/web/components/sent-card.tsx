import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Sent } from '../api.ts';
import { ProofLink } from '../feedback/proof-link.tsx';
import { Asked } from '../feedback/requests.tsx';
import { Alert } from './alert.tsx';
import { Badge } from './badge.tsx';
import { useText, useWhen } from './language.ts';
import { Phone } from './phone.tsx';

const useReceipt = () => {
  const { t } = useTranslation();
  const when = useWhen();
  return ({ state, at, dueAt }: Sent['receipt']): string => {
    if (state === 'delivered') return t('notifier.sent.receiptDelivered', { when: at ? when(at) : '' });
    if (state === 'not-owed') return t('notifier.sent.receiptNotOwed');
    if (state === 'undeliverable') return t('notifier.sent.receiptUndeliverable');
    return dueAt ? t('notifier.sent.receiptPending', { when: when(dueAt) }) : t('notifier.sent.receiptPendingNoDate');
  };
};

type Props = { readonly item: Sent; readonly level: 2 | 3; readonly addLink?: boolean };

/** Exactly the notifier's view: department, phone, receipt, feedback, and nothing of the case. */
export const SentCard = ({ item, level, addLink = false }: Props) => {
  const { t } = useTranslation();
  const text = useText();
  const when = useWhen();
  const receipt = useReceipt();
  const Heading = level === 2 ? 'h2' : 'h3';
  const names = item.childNames.join(', ');
  const title = names === '' ? t('notifier.sent.ofUnnamed') : t('notifier.sent.of', { names });
  return (
    <article className="sent-card">
      <Heading className="sent-title">
        {title} {item.acute ? <Badge tone="error">{t('common.acute')}</Badge> : null}
      </Heading>
      {item.inPlaceOf === null ? null : <p>{t('sending.inPlaceOf', { who: item.inPlaceOf })}</p>}
      {item.callNow ? (
        <Alert tone="warning">
          <p>
            {t('notifier.sent.callNow')} <Phone number={item.phone} />
          </p>
        </Alert>
      ) : null}
      <Asked item={item} />
      <dl className="facts">
        <div>
          <dt>{t('notifier.sent.received')}</dt>
          <dd>{when(item.receivedAt, 'full')}</dd>
        </div>
        <div>
          <dt>{t('notifier.sent.department')}</dt>
          <dd>{text(item.department)}</dd>
        </div>
        <div>
          <dt>{t('notifier.sent.call')}</dt>
          <dd>
            <Phone number={item.phone} />
          </dd>
        </div>
        <div>
          <dt>{t('notifier.sent.receipt')}</dt>
          <dd>{receipt(item.receipt)}</dd>
        </div>
        <div>
          <dt>{t('notifier.sent.feedback')}</dt>
          <dd>
            {item.answers.map(({ id, child, told }) => (
              <p key={id}>
                {child !== null && item.childNames.length > 1 ? <strong>{child}: </strong> : null}
                {told.map(text).join(' ')}
              </p>
            ))}
            {item.feedback ? text(item.feedback) : t('notifier.sent.feedbackNone')}
          </dd>
        </div>
      </dl>
      {addLink && item.inPlaceOf === null ? <ProofLink notificationId={item.notificationId} title={title} /> : null}
      {addLink ? (
        <Link to="/mine/$notificationId/tilfoej" params={{ notificationId: item.notificationId }}>
          {t('notifier.sent.add')}
          <span className="sr-only">: {title}</span>
        </Link>
      ) : null}
    </article>
  );
};
