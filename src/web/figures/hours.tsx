import { useTranslation } from 'react-i18next';
import type { Days } from '#domain/figures.ts';
import type { Outputs } from '../api.ts';
import { Counted, useCount, useHours } from './numbers.tsx';

type Figure = 'unacknowledged' | 'provisional';
type Given = Outputs['figures']['read'][Figure];
type Props = { readonly figure: Figure; readonly given: Given; readonly days: Days; readonly opens: boolean };

/** Hours per child, by the unit that had it. */
export const Hours = ({ figure, given, days, opens }: Props) => {
  const { t } = useTranslation();
  const hours = useHours();
  const few = useCount()(null);
  return (
    <section>
      <h3>{t(`figures.hours.caption.${figure}`)}</h3>
      {given.length === 0 ? (
        <p className="empty">{t('figures.hours.none')}</p>
      ) : (
        <table className="table figure-table">
          <thead>
            <tr>
              <th scope="col">{t('figures.hours.unit')}</th>
              {(['children', 'perChild', 'sum'] as const).map((key) => (
                <th key={key} scope="col" className="number">
                  {t(`figures.hours.${key}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {given.map(({ unit, children, perChild, hours: sum, own }) => (
              <tr key={unit.id}>
                <th scope="row">{unit.name}</th>
                <td className="number">
                  <Counted count={children} cases={opens && own ? { figure, unit: unit.id, days } : null} />
                </td>
                <td className="number">{perChild === null ? few : hours(perChild)}</td>
                <td className="number">{sum === null ? few : hours(sum)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
};
