import { useTranslation } from 'react-i18next';
import type { Outputs } from '../api.ts';
import { SelectField, TextField } from '../form/fields.tsx';
import { FromField, ProposeForm, SourceField } from './propose-form.tsx';
import { dayOf, numberOf } from './read.ts';

type Props = { readonly rulebook: Outputs['setup']['regulations']['document']['rulebook'] };

const SENT = ['at-once', 'on-acknowledgement'] as const;

/** When the receipt leaves: at once, or when somebody takes the matter, with the system as the last resort. */
export const ReceiptForm = ({ rulebook }: Props) => {
  const { t } = useTranslation();
  const now = rulebook.receipts.at(-1);
  return (
    <ProposeForm
      defaults={{
        note: '',
        change: {
          from: '',
          sent: now?.sent ?? 'at-once',
          hverdage: String(now?.latest.hverdage ?? ''),
          at: now?.latest.at ?? '',
          source: '',
        },
      }}
      change={({ change }) => ({
        ...change,
        what: 'receipt-policy',
        from: dayOf(change.from),
        hverdage: numberOf(change.hverdage),
      })}
    >
      <SelectField
        path="change.sent"
        label={t('sending.policy.sent')}
        options={SENT.map((value) => ({ value, label: t(`sending.policy.${value}`) }))}
      />
      <TextField
        path="change.hverdage"
        label={t('sending.policy.hverdage')}
        hint={t('sending.policy.hverdageHint')}
        width="short"
        inputMode="numeric"
      />
      <TextField path="change.at" label={t('sending.policy.at')} width="short" />
      <FromField />
      <SourceField />
    </ProposeForm>
  );
};
