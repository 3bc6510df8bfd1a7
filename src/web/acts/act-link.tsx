import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { ShownAct } from './order.ts';

type Props = { readonly act: ShownAct; readonly referralId: string; readonly first: boolean };

/** Most acts open on the case itself; those that need a page of their own lead there. */
export const ActLink = ({ act, referralId, first }: Props) => {
  const { t } = useTranslation();
  const className = `button ${first ? 'button-primary' : 'button-secondary'}`;
  const label = t(`case.acts.${act}`);
  const params = { referralId };
  if (act === 'mark-in-error') {
    return (
      <Link to="/sag/$referralId/fejl" params={params} className={className}>
        {label}
      </Link>
    );
  }
  if (act === 'give-feedback' || act === 'approve-withholding' || act === 'lift-withholding') {
    return (
      <Link to="/sag/$referralId/orientering" params={params} className={className}>
        {label}
      </Link>
    );
  }
  return (
    <Link from="/sag/$referralId" search={{ handling: act }} replace className={className}>
      {label}
    </Link>
  );
};
