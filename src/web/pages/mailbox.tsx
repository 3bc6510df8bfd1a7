import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useWhen } from '../components/language.ts';
import { PageTitle } from '../components/page-title.tsx';
import { Failed, Loading } from '../components/problem-alert.tsx';
import { type TrainingMail, training } from '../training.ts';

const EVERY = 3_000;

const Mail = ({ mail }: { readonly mail: TrainingMail }) => {
  const { t } = useTranslation();
  const when = useWhen();
  return (
    <li>
      <details className="mail">
        <summary>
          <span className="mail-subject">{mail.subject}</span>
          <span className="muted">
            {t('training.mailbox.to')} {mail.to}, {when(mail.at)}
          </span>
        </summary>
        <p className="muted">
          {t('training.mailbox.from')}: {mail.from}
        </p>
        <p className="as-written">{mail.text}</p>
      </details>
    </li>
  );
};

/** Training only: what the system has sent. */
export const MailboxPage = () => {
  const { t } = useTranslation();
  const [to, setTo] = useState('');
  const box = useQuery({ queryKey: ['training', 'mailbox'], queryFn: training.mailbox, refetchInterval: EVERY });
  if (box.error) return <Failed error={box.error} retry={box.refetch} />;
  if (!box.data) return <Loading />;
  const receivers = [...new Set(box.data.map((mail) => mail.to))].sort();
  const shown = box.data
    .filter((mail) => to === '' || mail.to === to)
    .toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at));
  return (
    <div className="narrow">
      <PageTitle title={t('training.mailbox.title')} />
      <p className="lead">{t('training.mailbox.lead')}</p>
      {box.data.length === 0 ? (
        <p className="empty">{t('training.mailbox.empty')}</p>
      ) : (
        <div className="form-group">
          <label className="form-label" htmlFor="mail-to">
            {t('training.mailbox.filter')}
          </label>
          <select className="form-select" id="mail-to" value={to} onChange={(event) => setTo(event.target.value)}>
            <option value="">{t('training.mailbox.everybody')}</option>
            {receivers.map((receiver) => (
              <option key={receiver}>{receiver}</option>
            ))}
          </select>
        </div>
      )}
      <p role="status" className="muted">
        {box.data.length > 0 ? t('training.mailbox.count', { count: shown.length }) : null}
      </p>
      <ul className="mails nobullet-list no-max-width">
        {shown.map((mail) => (
          <Mail key={mail.id} mail={mail} />
        ))}
      </ul>
    </div>
  );
};
