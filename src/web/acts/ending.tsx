import { useTranslation } from 'react-i18next';
import { type Case, client } from '../api.ts';
import { ReasonForm } from './reason-form.tsx';
import type { ActProps } from './use-case-act.ts';

type Props = ActProps & { readonly item: Case };

export const CloseForm = (props: Props) => {
  const { t } = useTranslation();
  return (
    <ReasonForm
      {...props}
      procedure={client.work.close}
      label={t('work.close.reason')}
      submitLabel={t('work.close.submit')}
    />
  );
};

export const ReopenForm = (props: Props) => {
  const { t } = useTranslation();
  return (
    <ReasonForm
      {...props}
      procedure={client.work.reopen}
      label={t('work.reopen.reason')}
      submitLabel={t('work.reopen.submit')}
    />
  );
};
