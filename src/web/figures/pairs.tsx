import { useTranslation } from 'react-i18next';
import type { Days } from '#domain/figures.ts';
import type { Outputs } from '../api.ts';
import { useWide } from '../use-wide.ts';
import { Counted, useCount } from './numbers.tsx';

type Figure = 'moved' | 'asked';
type Given = Outputs['figures']['read'][Figure];
type Cell = Given['cells'][number];
type Props = { readonly figure: Figure; readonly given: Given; readonly days: Days; readonly opens: boolean };

const named = (units: readonly Cell['from'][]): Cell['from'][] =>
  [...new Map(units.map((unit) => [unit.id, unit])).values()].toSorted((a, b) => a.name.localeCompare(b.name, 'da'));

/** Units × units with how much came back; on a narrow screen one line for each pair. */
export const Pairs = ({ figure, given: { cells, total }, days, opens }: Props) => {
  const { t } = useTranslation();
  const count = useCount();
  const wide = useWide(992);
  const value = (cell: Cell) => (
    <>
      <Counted
        count={cell.count}
        cases={opens && cell.own ? { figure, unit: cell.from.id, other: cell.to.id, days } : null}
      />
      {cell.back === 0 ? null : (
        <span className="line muted">{t(`figures.pairs.back.${figure}`, { n: count(cell.back) })}</span>
      )}
    </>
  );
  const [rows, columns] = [named(cells.map(({ from }) => from)), named(cells.map(({ to }) => to))];
  return (
    <section>
      <h3>{t(`figures.pairs.caption.${figure}`)}</h3>
      {cells.length === 0 ? <p className="empty">{t('figures.pairs.none')}</p> : null}
      {cells.length > 0 && total !== null ? <p>{t('figures.pairs.total', { n: total })}</p> : null}
      {cells.length > 0 && wide ? (
        <div className="figure-scroll">
          <table className="table figure-table">
            <thead>
              <tr>
                <th scope="col">
                  {t('figures.pairs.from')} ↓ {t('figures.pairs.to')} →
                </th>
                {columns.map(({ id, name }) => (
                  <th key={id} scope="col" className="number">
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row.id}>
                  <th scope="row">{row.name}</th>
                  {columns.map((column) => {
                    const cell = cells.find(({ from, to }) => from.id === row.id && to.id === column.id);
                    return (
                      <td key={column.id} className="number">
                        {cell ? value(cell) : '–'}
                      </td>
                    );
                  })}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ) : null}
      {cells.length > 0 && !wide ? (
        <ul className="nobullet-list no-max-width figure-list">
          {cells.map((cell) => (
            <li key={`${cell.from.id} ${cell.to.id}`}>
              <span>{t('figures.pairs.fromTo', { from: cell.from.name, to: cell.to.name })}</span>
              <span className="number">{value(cell)}</span>
            </li>
          ))}
        </ul>
      ) : null}
    </section>
  );
};
