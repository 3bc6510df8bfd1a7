import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { type Days, type Figure, SMALL } from '#domain/figures.ts';
import { LOCALE, useLanguage } from '../components/language.ts';

/** Hours with one decimal, in the language's own signs. */
export const useHours = (): ((hours: number) => string) => {
  const language = useLanguage();
  return (hours) => hours.toLocaleString(LOCALE[language], { maximumFractionDigits: 1, minimumFractionDigits: 1 });
};

/** The number, or that it is too small to be told. */
export const useCount = (): ((count: number | null) => string) => {
  const { t } = useTranslation();
  return (count) => (count === null ? t('figures.few', { count: SMALL }) : String(count));
};

type Behind = { readonly figure: Figure; readonly unit: string; readonly other?: string; readonly days: Days };
type Props = { readonly count: number | null; readonly cases: Behind | null };

/** A number; one's own leads to its cases. */
export const Counted = ({ count, cases }: Props) => {
  const words = useCount()(count);
  if (cases === null || count === null || count === 0) return <>{words}</>;
  const { figure, unit, other, days } = cases;
  const search = { tal: figure, enhed: unit, dage: days, ...(other === undefined ? {} : { modtager: other }) };
  return (
    <Link to="/uenigheder/tal/sager" search={search}>
      {words}
    </Link>
  );
};
