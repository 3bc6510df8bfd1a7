import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { type Days, PERIODS } from '#domain/figures.ts';

type Props = { readonly to: '/uenigheder/tal' | '/uenigheder/tal/afsendere'; readonly days: Days };

/** How far back one looks. */
export const Periods = ({ to, days }: Props) => {
  const { t } = useTranslation();
  return (
    <nav className="board-filter d-print-none" aria-label={t('figures.period.label')}>
      <ul className="nobullet-list no-max-width">
        {PERIODS.map((period) => (
          <li key={period}>
            <Link
              to={to}
              search={{ dage: period }}
              className={period === days ? 'chip chip-on' : 'chip'}
              aria-current={period === days ? 'true' : undefined}
            >
              {t('figures.period.days', { count: period })}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
};
