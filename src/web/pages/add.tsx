import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AddMoreForm } from '../acts/add-more.tsx';
import { Alert } from '../components/alert.tsx';
import { PageTitle } from '../components/page-title.tsx';
import { SentFiles } from '../feedback/sent-files.tsx';

export const AddPage = () => {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { notificationId } = useParams({ from: '/gate/mine/$notificationId/tilfoej' });
  const [message, setMessage] = useState<string | null>(null);
  return (
    <div className="narrow">
      <PageTitle title={t('notifier.add.title')} />
      {message === null ? (
        <>
          <p className="lead">{t('notifier.add.lead')}</p>
          <AddMoreForm
            notificationId={notificationId}
            told={t('notifier.add.told')}
            done={setMessage}
            cancel={() => void navigate({ to: '/mine' })}
          />
        </>
      ) : (
        <>
          <Alert tone="success" live>
            <p>{message}</p>
          </Alert>
          <Link to="/mine">{t('notifier.done.all')}</Link>
        </>
      )}
      <SentFiles notificationId={notificationId} />
    </div>
  );
};
