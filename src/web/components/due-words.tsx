import { useTranslation } from 'react-i18next';
import { useNow } from '../session.tsx';
import { Badge } from './badge.tsx';
import { dueAt } from './due.ts';

const TONES = { overdue: 'error', soon: 'warning', later: undefined } as const;

/** "3 dage over fristen", "2 timer tilbage": counted from the server's clock. */
export const DueWords = ({ at }: { readonly at: string | null }) => {
  const { t } = useTranslation();
  const now = useNow();
  if (at === null) return <span className="muted">{t('common.due.none')}</span>;
  const { tone, unit, count } = dueAt(at, now);
  const words =
    count === 0 && unit === 'Minutes'
      ? t('common.due.now')
      : tone === 'overdue'
        ? t(`common.due.overdue${unit}`, { count })
        : t(`common.due.left${unit}`, { count });
  const badge = TONES[tone];
  return badge ? <Badge tone={badge}>{words}</Badge> : <span className="due-later">{words}</span>;
};
