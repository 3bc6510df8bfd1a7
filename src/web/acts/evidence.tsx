import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { EVIDENCE_KINDS, type EvidenceKind } from '#domain/evidence.ts';
import { lines } from '#domain/form-fields.ts';
import { instant } from '#domain/time.ts';
import { type Case, client } from '../api.ts';
import { useText } from '../components/language.ts';
import { ActForm } from '../form/act-form.tsx';
import { DateField } from '../form/date-field.tsx';
import { SelectField, TextArea, TextField } from '../form/fields.tsx';
import { momentOf, readMoment } from '../form/moment.ts';
import { refusalsBy, useRefusals } from '../form/use-refusals.ts';
import { useNow } from '../session.tsx';
import { type ActProps, useCaseAct } from './use-case-act.ts';

const schema = z.object({ kind: z.string().min(1, 'required'), text: lines(20_000) });

/** What happened and when it happened; when it was written down is the system's own knowledge. */
export const EvidenceForm = ({ item, ...props }: ActProps & { readonly item: Case }) => {
  const { t } = useTranslation();
  const text = useText();
  const now = instant(useNow());
  const refusals = useRefusals();
  const form = useForm({ defaultValues: { kind: '', ...momentOf(now), text: '' } });
  const act = useCaseAct(client.referrals.addEvidence, {
    ...props,
    done: () => props.done(t('case.acts.done')),
    failed: ({ fields }) => refusals.refuse(fields),
  });
  return (
    <ActForm
      form={form}
      {...refusals}
      problem={act.shown}
      pending={act.pending}
      submitLabel={t('case.evidence.submit')}
      told={props.told}
      cancel={props.cancel}
      submit={(values) => {
        const moment = readMoment(values, now);
        const found = [...refusalsBy(schema, values), ...('wire' in moment ? [] : moment)];
        refusals.refuse(found);
        if (found.length > 0 || !('wire' in moment)) return;
        const kind = values.kind as EvidenceKind;
        act.run({ id: item.id, kind, occurredAt: moment.wire, text: values.text });
      }}
    >
      <SelectField
        path="kind"
        label={t('case.evidence.kind')}
        options={EVIDENCE_KINDS.map((kind) => ({ value: kind.code, label: text(kind) }))}
      />
      <DateField path="on" label={t('case.evidence.when')} />
      <TextField path="time" label={t('common.time')} width="short" />
      <TextArea path="text" label={t('case.evidence.text')} />
    </ActForm>
  );
};
