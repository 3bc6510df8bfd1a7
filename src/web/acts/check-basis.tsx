import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { LEGAL_BASES } from '#domain/codes.ts';
import { CHECKED_BASES, type CheckedBasis } from '#domain/notifier-basis.ts';
import { type Case, client } from '../api.ts';
import { useText } from '../components/language.ts';
import { RadioField, TextArea } from '../form/fields.tsx';
import { CaseActForm } from './case-act-form.tsx';
import { chosen, reason } from './form-schemas.ts';
import type { ActProps } from './use-case-act.ts';

const schema = z.object({ as: chosen, reason });

/** What the notifier is, after somebody has looked: confirmed or corrected. */
export const CheckBasisForm = ({ item, ...props }: ActProps & { readonly item: Case }) => {
  const { t } = useTranslation();
  const text = useText();
  const { id, stateVersion } = item;
  const bases = LEGAL_BASES.filter(({ code }) => CHECKED_BASES.some((one) => one === code));
  return (
    <CaseActForm
      {...props}
      procedure={client.work.checkBasis}
      defaults={{ as: '', reason: '' }}
      schema={schema}
      input={(values) => ({ id, stateVersion, as: values.as as CheckedBasis, reason: values.reason })}
      submitLabel={t('case.acts.check-basis')}
      doneText={t('case.acts.done')}
    >
      <RadioField
        path="as"
        label={t('door.basis.what')}
        hint={t('door.basis.hint')}
        options={bases.map((one) => ({ value: one.code, label: text(one) }))}
      />
      <TextArea path="reason" label={t('door.basis.reason')} />
    </CaseActForm>
  );
};
