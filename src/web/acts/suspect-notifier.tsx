import { useTranslation } from 'react-i18next';
import { type Case, client } from '../api.ts';
import { ReasonForm } from './reason-form.tsx';
import type { ActProps } from './use-case-act.ts';

type Props = ActProps & { readonly item: Case };

export const SuspectNotifierForm = (props: Props) => {
  const { t } = useTranslation();
  return (
    <ReasonForm
      {...props}
      procedure={client.work.suspectNotifier}
      label={t('door.suspect.reason')}
      submitLabel={t('case.acts.suspect-notifier')}
    />
  );
};

export const ClearNotifierForm = (props: Props) => {
  const { t } = useTranslation();
  return (
    <ReasonForm
      {...props}
      procedure={client.work.clearNotifier}
      label={t('door.suspect.clearReason')}
      submitLabel={t('case.acts.clear-notifier')}
    />
  );
};
