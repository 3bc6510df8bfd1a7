import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Case } from '../api.ts';
import { Alert } from '../components/alert.tsx';

/** Whose it is is being asked or argued about: says so, and leads there. */
export const OpenMatter = ({ item }: { readonly item: Case }) => {
  const { t } = useTranslation();
  const { handover, dispute } = item.open;
  if (!handover && !dispute) return null;
  return (
    <Alert tone="info">
      <p>
        {t(dispute ? 'matter.onCase.dispute' : 'matter.onCase.handover')}{' '}
        <Link to="/uenighed/$referralId" params={{ referralId: item.id }}>
          {t('matter.onCase.link')}
        </Link>
      </p>
    </Alert>
  );
};
