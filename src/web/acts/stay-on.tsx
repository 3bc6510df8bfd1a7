import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { type Case, client } from '../api.ts';
import { ActForm } from '../form/act-form.tsx';
import { type ActProps, useCaseAct } from './use-case-act.ts';

export const StayOnForm = ({ item, ...props }: ActProps & { readonly item: Case }) => {
  const { t } = useTranslation();
  const form = useForm();
  const act = useCaseAct(client.referrals.stayOn, { ...props, done: () => props.done(t('case.acts.done')) });
  return (
    <ActForm
      form={form}
      problems={[]}
      attempt={0}
      problem={act.shown}
      pending={act.pending}
      submitLabel={t('case.acts.stay-on')}
      told={props.told}
      cancel={props.cancel}
      submit={() => act.run({ id: item.id, stateVersion: item.stateVersion })}
    >
      {null}
    </ActForm>
  );
};
