import { useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { trpc } from '../api.ts';
import { PageTitle } from '../components/page-title.tsx';
import { Failed, Loading } from '../components/problem-alert.tsx';
import { useHours } from '../figures/numbers.tsx';

/** The cases behind one number. */
export const FigureCasesPage = () => {
  const { t } = useTranslation();
  const hours = useHours();
  const {
    tal: figure = 'moved',
    enhed: unit = '',
    modtager: other,
    dage: days = 90,
  } = useSearch({
    from: '/gate/uenigheder/tal/sager',
  });
  const asked = { figure, unit, days, ...(other === undefined ? {} : { other }) };
  const list = useQuery(trpc.figures.cases.queryOptions(asked));
  const units = list.data ? [list.data.unit, ...(list.data.other ? [list.data.other] : [])] : [];
  return (
    <>
      <PageTitle title={t(`figures.cases.title.${figure}`)} />
      <p className="lead">{units.map(({ name }) => name).join(' → ')}</p>
      <p>{t('figures.cases.lead')}</p>
      {list.error && !list.data ? <Failed error={list.error} retry={list.refetch} /> : null}
      {list.isPending ? <Loading /> : null}
      {list.data?.cases.length === 0 ? <p className="empty">{t('figures.cases.none')}</p> : null}
      {list.data && list.data.cases.length > 0 ? (
        <ul className="nobullet-list no-max-width figure-list">
          {list.data.cases.map((one) => (
            <li key={one.id}>
              <Link to="/sag/$referralId" params={{ referralId: one.id }}>
                {one.caseNumber}
              </Link>
              <span className="number">
                {one.hours === null ? null : t('figures.cases.hours', { hours: hours(one.hours) })}
                {one.back && (figure === 'moved' || figure === 'asked') ? t(`figures.cases.back.${figure}`) : null}
              </span>
            </li>
          ))}
        </ul>
      ) : null}
      <p>
        <Link to="/uenigheder/tal" search={{ dage: days }}>
          {t('figures.cases.toFigures')}
        </Link>
      </p>
    </>
  );
};
