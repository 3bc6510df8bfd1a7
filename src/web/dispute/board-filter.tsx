import { Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Outputs } from '../api.ts';
import type { BoardSearch } from '../searches.ts';

type Choices = Pick<Outputs['disputes']['board'], 'steps' | 'units'>;

/** Which step and which unit; what is chosen stands as a crumb that is taken away again. */
export const BoardFilter = ({ search, steps, units }: Choices & { readonly search: BoardSearch }) => {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { trin, enhed, ...rest } = search;
  const step = trin === undefined ? {} : { trin };
  const unit = enhed === undefined ? {} : { enhed };
  const chosen = units.find(({ id }) => id === enhed);
  return (
    <section className="board-filter d-print-none" aria-label={t('board.filter.label')}>
      <ul className="nobullet-list no-max-width">
        {steps.map(({ of, count }) => (
          <li key={of}>
            <Link to="/uenigheder" search={{ ...rest, ...unit, trin: of }} className="chip">
              {t('matter.ladder.step', { step: of })} ({count})
            </Link>
          </li>
        ))}
      </ul>
      <label>
        {t('board.filter.unit')}
        <select
          className="form-select"
          value={enhed ?? ''}
          onChange={({ target: { value } }) =>
            void navigate({ to: '/uenigheder', search: { ...rest, ...step, ...(value ? { enhed: value } : {}) } })
          }
        >
          <option value="">{t('board.filter.all')}</option>
          {units.map(({ id, name, count }) => (
            <option key={id} value={id}>
              {name} ({count})
            </option>
          ))}
        </select>
      </label>
      {trin === undefined && enhed === undefined ? null : (
        <ul className="nobullet-list no-max-width crumbs" aria-label={t('board.filter.chosen')}>
          {trin === undefined ? null : (
            <li>
              <Link to="/uenigheder" search={{ ...rest, ...unit }} className="chip chip-on">
                {t('matter.ladder.step', { step: trin })} <span aria-hidden="true">×</span>
                <span className="sr-only">{t('board.filter.remove')}</span>
              </Link>
            </li>
          )}
          {enhed === undefined ? null : (
            <li>
              <Link to="/uenigheder" search={{ ...rest, ...step }} className="chip chip-on">
                {chosen?.name ?? enhed} <span aria-hidden="true">×</span>
                <span className="sr-only">{t('board.filter.remove')}</span>
              </Link>
            </li>
          )}
        </ul>
      )}
    </section>
  );
};
