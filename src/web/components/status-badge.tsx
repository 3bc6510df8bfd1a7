import { useTranslation } from 'react-i18next';
import { Badge } from './badge.tsx';

const TONES = {
  received: 'info',
  acknowledged: 'success',
  examining: 'success',
  decided: 'success',
  closed: undefined,
} as const;
const isStatus = (status: string): status is keyof typeof TONES => Object.hasOwn(TONES, status);

export const StatusBadge = ({ status }: { readonly status: string }) => {
  const { t } = useTranslation();
  if (!isStatus(status)) return <Badge>{status}</Badge>;
  const tone = TONES[status];
  return <Badge {...(tone ? { tone } : {})}>{t(`worklist.status.${status}`)}</Badge>;
};
