import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { OUTCOMES, type Outcome } from '#domain/outcomes.ts';
import { instant } from '#domain/time.ts';
import { type Case, client } from '../api.ts';
import { useText } from '../components/language.ts';
import { RadioField, TextArea } from '../form/fields.tsx';
import { useParagraph } from '../form/form-data.ts';
import { CaseActForm } from './case-act-form.tsx';
import { chosen, reason } from './form-schemas.ts';
import type { ActProps } from './use-case-act.ts';

const schema = z.object({ outcome: chosen, reason });

/** An inquiry is no notification: nothing in it can be examined. */
const FOR_INQUIRY: ReadonlySet<string> = new Set(['nothing', 'preventive']);

/** Every outcome with the paragraph of the law in force when it was received. */
const useOutcomes = (item: Case) => {
  const text = useText();
  const paragraphOf = useParagraph();
  return OUTCOMES.filter(({ code }) => item.matter === 'notification' || FOR_INQUIRY.has(code)).map((row) => {
    const paragraph = paragraphOf(row.topic, instant(item.receivedAt));
    return { value: row.code, label: paragraph ? `${text(row)} (${paragraph})` : text(row) };
  });
};

export const DecideForm = ({ item, ...props }: ActProps & { readonly item: Case }) => {
  const { t } = useTranslation();
  const outcomes = useOutcomes(item);
  return (
    <CaseActForm
      {...props}
      procedure={client.work.decide}
      defaults={{ outcome: '', reason: '' }}
      schema={schema}
      input={({ outcome, reason: why }) => ({
        id: item.id,
        stateVersion: item.stateVersion,
        outcome: outcome as Outcome,
        reason: why,
      })}
      submitLabel={t('work.decide.submit')}
      doneText={t('work.decide.done')}
    >
      <RadioField path="outcome" label={t('work.decide.outcome')} options={outcomes} />
      <TextArea path="reason" label={t('work.decide.reason')} />
    </CaseActForm>
  );
};
