import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { DoorKind } from '#domain/door.ts';
import { Alert } from '../components/alert.tsx';
import { CallNow } from '../components/call-now.tsx';
import { PageTitle } from '../components/page-title.tsx';

type Props = { readonly kind: DoorKind; readonly begin: () => void };

const Anonymous = () => {
  const { t } = useTranslation();
  return (
    <>
      <Alert tone="info" heading={t('door.before.anonymousHead')}>
        <p>{t('door.before.anonymousText')}</p>
      </Alert>
      <h2>{t('door.before.anonymous')}</h2>
      <ul>
        <li>{t('door.before.anonymous1')}</li>
        <li>{t('door.before.anonymous2')}</li>
        <li>{t('door.before.anonymous3')}</li>
      </ul>
    </>
  );
};

/** What whoever comes to the door must know before the first word: who reads it, what is kept, whom to call. */
export const Before = ({ kind, begin }: Props) => {
  const { t } = useTranslation();
  const confirms = kind === 'professional' || kind === 'municipality';
  return (
    <div className="narrow">
      <PageTitle title={t('door.before.title')} subheading={t(`door.kinds.${kind}.name`)} />
      {kind === 'anonymous' ? (
        <Anonymous />
      ) : (
        <Alert tone="info" heading={t('door.before.parents')}>
          <p>{t('door.before.parentsText')}</p>
        </Alert>
      )}
      <Alert tone="warning">
        <p>{t('door.before.danger')}</p>
      </Alert>
      <h2>{t('door.before.data')}</h2>
      <p>
        {t('door.before.dataText')} <Link to="/privatliv">{t('door.before.privacy')}</Link>
      </p>
      <p>{t('door.before.stays')}</p>
      {confirms ? <p>{t('door.before.mail')}</p> : null}
      <button type="button" className="button button-primary" onClick={begin}>
        {t('door.before.begin')}
      </button>
      <CallNow />
    </div>
  );
};
