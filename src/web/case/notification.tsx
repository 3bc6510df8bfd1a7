import { useTranslation } from 'react-i18next';
import { CHANNELS } from '#domain/codes.ts';
import type { Case } from '../api.ts';
import { Alert } from '../components/alert.tsx';
import { useText, useWhen } from '../components/language.ts';
import { Answers } from '../form/answers.tsx';
import { type STEPS, stepOf } from '../form/steps.ts';

/** The concern first: it is what the reader came for. The child stands in a panel of its own. */
const ORDER = [
  'concern',
  'acute',
  'parents',
  'tried',
  'family',
  'notifier',
] as const satisfies readonly (typeof STEPS)[number][];

/** The document as it was sent, and what was laid beside it later. */
export const Notification = ({ item }: { readonly item: Case }) => {
  const { t } = useTranslation();
  const text = useText();
  const when = useWhen();
  const { inquiry, notification, additions } = item;
  const channel = CHANNELS.find(({ code }) => code === item.channel);
  return (
    <section className="panel" aria-labelledby="notification">
      <h2 id="notification">
        {t(item.matter === 'inquiry' ? 'case.notification.inquiry' : 'case.notification.heading')}
      </h2>
      <p className="muted">
        {t('case.notification.received', { when: when(item.receivedAt, 'full') })}
        {item.registeredAt === item.receivedAt
          ? null
          : `. ${t('case.notification.registered', { when: when(item.registeredAt, 'full') })}`}
        {channel ? `. ${t('case.notification.channel', { channel: text(channel) })}` : null}
      </p>
      {item.notifierSuspected ? (
        <Alert tone="warning">
          <p>{t('door.suspect.shown')}</p>
        </Alert>
      ) : null}
      {inquiry ? <p className="as-written">{inquiry.text}</p> : null}
      {inquiry || notification ? null : <p>{t('case.notification.none')}</p>}
      {notification?.callNote ? (
        <>
          <h3>{t('case.register.callNote')}</h3>
          <p className="as-written">{notification.callNote}</p>
        </>
      ) : null}
      {notification
        ? ORDER.map((step) => (
            <Answers
              key={step}
              heading={t(step === 'notifier' ? 'case.register.notifier' : `form.steps.${step}`)}
              parts={Object.fromEntries(
                Object.entries(notification).filter(
                  ([part]) => part !== 'callNote' && part !== 'language' && stepOf(part) === step,
                ),
              )}
            />
          ))
        : null}
      {additions.length > 0 ? <h3>{t('case.notification.additions')}</h3> : null}
      {additions.map((addition) => (
        <div className="addition" key={addition.id}>
          <p className="muted">
            {t('case.notification.additionBy', { who: addition.authorTitle, when: when(addition.at, 'full') })}
          </p>
          <p className="as-written">{addition.text}</p>
        </div>
      ))}
    </section>
  );
};
