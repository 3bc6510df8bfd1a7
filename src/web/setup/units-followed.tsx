import { useTranslation } from 'react-i18next';
import type { Outputs } from '../api.ts';
import { Alert } from '../components/alert.tsx';
import { useWhen } from '../components/language.ts';

type Followed = NonNullable<Outputs['setup']['change']['followed']>;
type Moved = NonNullable<Followed['moved']>;

const LINES = ['owners', 'handovers', 'disputes', 'ended', 'tasks', 'drafts', 'people'] as const;

const Numbers = ({ moved }: { readonly moved: Moved }) => {
  const { t } = useTranslation();
  return (
    <>
      <ul>
        <li>{t('units.followed.referrals', { count: moved.referrals })}</li>
        {LINES.filter((key) => moved[key] > 0).map((key) => (
          <li key={key}>{t(`units.followed.${key}`, { count: moved[key] })}</li>
        ))}
      </ul>
      {moved.undecidedCount > 0 ? (
        <details>
          <summary>{t('units.followed.undecided', { count: moved.undecidedCount })}</summary>
          <ul>
            {moved.undecided.map((caseNumber) => (
              <li key={caseNumber}>{caseNumber}</li>
            ))}
          </ul>
        </details>
      ) : null}
    </>
  );
};

/** When a confirmed change takes place, or what has followed. */
export const UnitsFollowed = ({ followed }: { readonly followed: Followed }) => {
  const { t } = useTranslation();
  const when = useWhen();
  const { state, dueAt, moved } = followed;
  return (
    <Alert
      tone={state === 'done' ? 'success' : state === 'lapsed' ? 'warning' : 'info'}
      heading={t(`units.states.${state}`)}
    >
      <p>{t(`units.statesLong.${state}`, { when: when(dueAt, 'full') })}</p>
      {moved && state !== 'lapsed' && state !== 'planned' ? <Numbers moved={moved} /> : null}
    </Alert>
  );
};
