import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { DoorKind } from '#domain/door.ts';
import { instant, iso } from '#domain/time.ts';
import { Alert } from '../components/alert.tsx';
import { CallNow } from '../components/call-now.tsx';
import { useText, useWhen } from '../components/language.ts';
import { PageTitle } from '../components/page-title.tsx';
import { Phone } from '../components/phone.tsx';
import { useFormData } from '../form/form-data.ts';

export type Received = { readonly receivedAt: string; readonly mailed?: boolean };

/** The departments' own numbers: which of them has it, a notifier without a link is not told. */
const Departments = () => {
  const text = useText();
  const { departments } = useFormData();
  return (
    <ul className="nobullet-list">
      {departments.map(({ id, name, nameEn, phone }) => (
        <li key={id}>
          {text({ da: name, en: nameEn })}: <Phone number={phone} />
        </li>
      ))}
    </ul>
  );
};

/** The confirmation: it arrived, what happens now, whom to call. Of an anonymous one nobody knows more than the hour. */
export const Done = ({ kind, received }: { readonly kind: DoorKind; readonly received: Received }) => {
  const { t } = useTranslation();
  const when = useWhen();
  const { receivedAt, mailed } = received;
  const until = iso(instant(receivedAt).add({ hours: 1 }));
  const professional = kind === 'professional' || kind === 'municipality';
  return (
    <div className="narrow">
      <PageTitle title={t('door.done.title')} />
      <Alert tone="success">
        <p>
          {kind === 'anonymous'
            ? t('door.done.receivedHour', {
                day: when(receivedAt, 'day'),
                from: when(receivedAt, 'time'),
                until: when(until, 'time'),
              })
            : t('door.done.received', { when: when(receivedAt, 'full') })}
        </p>
      </Alert>
      <h2>{t('door.done.next')}</h2>
      <ol>
        <li>{t('door.done.assess')}</li>
        <li>{t(mailed ? 'door.done.mailed' : 'door.done.none')}</li>
        {professional ? <li>{t('door.done.feedback')}</li> : null}
      </ol>
      <p>{t('door.done.call')}</p>
      <Departments />
      <p>
        <Link to="/underret" reloadDocument>
          {t('door.done.another')}
        </Link>
      </p>
      <CallNow />
    </div>
  );
};
