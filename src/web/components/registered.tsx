import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Outputs } from '../api.ts';
import { Alert } from './alert.tsx';
import { useWhen } from './language.ts';
import { PageTitle } from './page-title.tsx';

type Props = { readonly submitted: Outputs['notifications']['register']; readonly again: () => void };

/** What came of a registration: one case for each child. */
export const Registered = ({ submitted, again }: Props) => {
  const { t } = useTranslation();
  const when = useWhen();
  return (
    <div className="narrow">
      <PageTitle title={t('case.register.done')} />
      <Alert tone="success">
        <p>{t('case.register.doneText', { when: when(submitted.receivedAt, 'full') })}</p>
      </Alert>
      <p>{t('notifier.done.cases', { count: submitted.referrals.length })}</p>
      <ul>
        {submitted.referrals.map(({ id, caseNumber }) => (
          <li key={id}>
            <Link to="/sag/$referralId" params={{ referralId: id }}>
              {caseNumber}
            </Link>
          </li>
        ))}
      </ul>
      <button type="button" className="button button-secondary" onClick={again}>
        {t('case.register.another')}
      </button>
    </div>
  );
};
