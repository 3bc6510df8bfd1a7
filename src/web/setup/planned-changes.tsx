import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Outputs } from '../api.ts';
import { Badge } from '../components/badge.tsx';
import { useChangeWords } from './use-change-words.ts';

type Props = {
  readonly planned: Outputs['units']['all']['planned'] | Outputs['people']['all']['planned'];
  readonly to: '/opsaetning/enheder/$changeId' | '/opsaetning/medarbejdere/$changeId';
  readonly title: string;
};

/** What is proposed or waits for its day, each with the page on which it is answered; nothing when nothing does. */
export const PlannedChanges = ({ planned, to, title }: Props) => {
  const { t } = useTranslation();
  const words = useChangeWords();
  if (planned.length === 0) return null;
  return (
    <section aria-labelledby="planned">
      <h2 id="planned">{title}</h2>
      <ul className="nobullet-list">
        {planned.map(({ id, change, state }) => (
          <li key={id}>
            <Link to={to} params={{ changeId: id }}>
              {words(change)}
            </Link>{' '}
            <Badge tone="info">{t(`units.states.${state}`)}</Badge>
          </li>
        ))}
      </ul>
    </section>
  );
};
