import { useTranslation } from 'react-i18next';
import type { Case } from '../api.ts';
import { Alert } from './alert.tsx';
import { Phone } from './phone.tsx';

/** Whom to call about an acute matter that nobody has taken; `number`: of which case, where several are shown. */
export const CallAlert = ({ call, number }: { readonly call: Case['call']; readonly number?: string }) => {
  const { t } = useTranslation();
  if (call.length === 0) return null;
  const heading = t('clocks.call.heading');
  return (
    <Alert tone="error" heading={number ? `${number}: ${heading}` : heading}>
      <p>{t('clocks.call.text')}</p>
      <ul className="nobullet-list">
        {call.map(({ name, phone }) => (
          <li key={phone}>
            {name}: <Phone number={phone} />
          </li>
        ))}
      </ul>
    </Alert>
  );
};
