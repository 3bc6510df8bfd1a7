import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { client } from '../api.ts';
import { Alert } from '../components/alert.tsx';
import { CallNow } from '../components/call-now.tsx';
import { PageTitle } from '../components/page-title.tsx';
import { ProblemAlert } from '../components/problem-alert.tsx';
import { useAct } from '../use-act.ts';

/** What everyone must know before the first word. */
export const NewPage = () => {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const begin = useAct(client.drafts.save, {
    done: ({ id }) => navigate({ to: '/ny/$draftId', params: { draftId: id }, search: { trin: 'children' } }),
  });
  return (
    <div className="narrow">
      <PageTitle title={t('form.intro.title')} subheading={t('form.title')} />
      <Alert tone="info" heading={t('form.intro.parents')}>
        <p>{t('form.intro.parentsText')}</p>
      </Alert>
      <Alert tone="warning">
        <p>{t('form.intro.danger')}</p>
      </Alert>
      <h2>{t('form.intro.needed')}</h2>
      <ul>
        <li>{t('form.intro.neededCpr')}</li>
        <li>{t('form.intro.neededSeen')}</li>
        <li>{t('form.intro.neededTried')}</li>
      </ul>
      <p>{t('form.intro.saved')}</p>
      <ProblemAlert problem={begin.problem} />
      <button type="button" className="button button-primary" onClick={() => begin.run({ form: {} })}>
        {t('form.intro.begin')}
      </button>
      <CallNow />
    </div>
  );
};
