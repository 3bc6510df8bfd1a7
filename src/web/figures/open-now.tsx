import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Outputs } from '../api.ts';
import type { BoardSearch } from '../searches.ts';

type Open = Outputs['figures']['read']['open'][number];
type Line = { readonly key: string; readonly name: ReactNode; readonly count: number };

const Bars = ({ title, lines }: { readonly title: string; readonly lines: readonly Line[] }) => {
  const { t } = useTranslation();
  const most = Math.max(...lines.map(({ count }) => count));
  return (
    <table className="table figure-table">
      <thead>
        <tr>
          <th scope="col">{title}</th>
          <th scope="col" className="number">
            {t('figures.open.count')}
          </th>
        </tr>
      </thead>
      <tbody>
        {lines.map(({ key, name, count }) => (
          <tr key={key}>
            <th scope="row">
              {name}
              <span className="bar" style={{ inlineSize: `${(100 * count) / most}%` }} aria-hidden="true" />
            </th>
            <td className="number">{count}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
};

const BANDS = ['over', 'day', 'three-days', 'later', 'week', 'two-weeks', 'four-weeks', 'older'] as const;
type Band = (typeof BANDS)[number];

/** What is open now, by step, time left, age and unit; each step and unit leads to its list. */
export const OpenNow = ({ kind, count, steps, left, ages, units }: Open) => {
  const { t } = useTranslation();
  const on = (search: BoardSearch): BoardSearch => (kind === 'dispute' ? search : { fane: kind, ...search });
  const banded = (rows: Open['left']): Line[] =>
    BANDS.flatMap((band: Band) =>
      rows
        .filter(({ value }) => value === band)
        .map(({ count: n }) => ({ key: band, name: t(`figures.open.bands.${band}`), count: n })),
    );
  return (
    <section>
      <h2>{t(`figures.open.heading.${kind}`, { count })}</h2>
      {count === 0 ? (
        <p className="empty">{t('figures.open.none')}</p>
      ) : (
        <div className="figure-grid">
          <Bars
            title={t('figures.open.steps')}
            lines={steps.map(({ value, count: n }) => ({
              key: value,
              name: (
                <Link to="/uenigheder" search={on({ trin: Number(value) })}>
                  {t('matter.ladder.step', { step: value })}
                </Link>
              ),
              count: n,
            }))}
          />
          <Bars title={t('figures.open.left')} lines={banded(left)} />
          <Bars title={t('figures.open.ages')} lines={banded(ages)} />
          <Bars
            title={t('figures.open.units')}
            lines={units.map(({ unit, count: n }) => ({
              key: unit.id,
              name: (
                <Link to="/uenigheder" search={on({ enhed: unit.id })}>
                  {unit.name}
                </Link>
              ),
              count: n,
            }))}
          />
        </div>
      )}
    </section>
  );
};
