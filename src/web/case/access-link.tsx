import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Case } from '../api.ts';

/** The way to a request for access, for who leads the unit. */
export const AccessLink = ({ item }: { readonly item: Pick<Case, 'id' | 'mayAnswerAccess'> }) => {
  const { t } = useTranslation();
  if (!item.mayAnswerAccess) return null;
  return (
    <p className="d-print-none">
      <Link to="/sag/$referralId/indsigt" params={{ referralId: item.id }}>
        {t('access.link')}
      </Link>
    </p>
  );
};
