import { useTranslation } from 'react-i18next';
import type { Outputs } from '../api.ts';
import { useDay } from '../components/language.ts';

type Row = Outputs['matrix']['rows']['rows'][number];

/** A row's ages in words. */
export const useAges = (): ((ages: readonly [number, number] | null) => string) => {
  const { t } = useTranslation();
  return (ages) => (ages ? t('matrix.ages', { from: ages[0], to: ages[1] }) : t('matrix.allAges'));
};

/** Since when a row holds and until when. */
export const useValidity = (): ((validity: Row['validity']) => string) => {
  const { t } = useTranslation();
  const day = useDay();
  return ({ from, until }) =>
    [
      from === null ? t('matrix.always') : t('matrix.from', { day: day(from) }),
      until === null ? null : t('matrix.until', { day: day(until) }),
    ]
      .filter((part) => part !== null)
      .join('. ');
};
