import { useTranslation } from 'react-i18next';
import { type Case, client } from '../api.ts';
import { PlainActForm } from './plain-act-form.tsx';
import type { ActProps } from './use-case-act.ts';

export const StayOnForm = ({ item, ...props }: ActProps & { readonly item: Case }) => {
  const { t } = useTranslation();
  return (
    <PlainActForm
      {...props}
      procedure={client.referrals.stayOn}
      input={{ id: item.id, stateVersion: item.stateVersion }}
      submitLabel={t('case.acts.stay-on')}
      doneText={t('case.acts.done')}
    />
  );
};
