import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { precedentForm } from '#domain/precedent.ts';
import { client, type Outputs } from '../api.ts';
import { ActForm } from '../form/act-form.tsx';
import { CheckGroups, SelectField, TextArea, TextField } from '../form/fields.tsx';
import { useFormData, useNeeds } from '../form/form-data.ts';
import { refusalsBy, useRefusals } from '../form/use-refusals.ts';
import { agesOf } from '../matrix/propose-row.tsx';
import { useAct } from '../use-act.ts';

type Ended = Extract<Outputs['precedents']['ofDispute'], { view: 'ended' }>;
type Props = { readonly ended: Ended; readonly done: () => void; readonly cancel: () => void };

const typed = (age: number | undefined): string => (age === undefined ? '' : String(age));

/** What the form begins with: what was told, else what is known of the dispute. */
const startOf = ({ told, begin }: Ended) => ({
  needText: told?.needText ?? '',
  need: told?.need ?? begin?.need ?? '',
  agesFrom: typed(told?.ages?.from),
  agesTo: typed(told?.ages?.to),
  units: told?.units.map(({ id }) => id) ?? [...(begin?.units ?? [])],
  outcome: told?.outcome.id ?? begin?.outcome ?? '',
  basis: told?.basis ?? '',
  reason: told?.reason ?? '',
});

/** The units that a dispute may be about, those of this one first. */
const useUnits = (first: readonly string[]) => {
  const { caseUnits, inquiryUnits } = useFormData();
  const all = [...new Map([...caseUnits, ...inquiryUnits].map(({ id, name }) => [id, name]))];
  const options = all.map(([value, label]) => ({ value, label }));
  return [
    ...options.filter(({ value }) => first.includes(value)),
    ...options.filter(({ value }) => !first.includes(value)),
  ];
};

/** A BUF-SOF coordinator tells what the dispute came to; what names anybody is refused by its field. */
export const PrecedentForm = ({ ended, done, cancel }: Props) => {
  const { t } = useTranslation();
  const refusals = useRefusals();
  const start = startOf(ended);
  const form = useForm({ defaultValues: start });
  const needs = useNeeds().filter(({ value }) => value !== 'worry');
  const units = useUnits(start.units);
  const act = useAct(client.precedents.write, { done, failed: ({ fields }) => refusals.refuse(fields) });
  return (
    <ActForm
      form={form}
      {...refusals}
      problem={act.problem}
      pending={act.pending}
      submitLabel={t('precedents.form.submit')}
      told={t('precedents.form.told')}
      cancel={cancel}
      submit={({ agesFrom, agesTo, need, ...values }) => {
        const precedent = { ...values, need: need === '' ? null : need, ages: agesOf(agesFrom, agesTo) };
        const found = refusalsBy(precedentForm, precedent);
        refusals.refuse(found);
        if (found.length > 0) return;
        act.run({ disputeId: ended.disputeId, stateVersion: ended.told?.stateVersion ?? null, precedent });
      }}
    >
      <TextField path="needText" label={t('precedents.form.needText')} hint={t('precedents.form.needTextHint')} />
      <SelectField
        path="need"
        label={t('precedents.form.need')}
        hint={t('precedents.form.needHint')}
        options={needs}
        empty={t('precedents.form.noNeed')}
      />
      <TextField
        path="agesFrom"
        label={t('precedents.form.agesFrom')}
        hint={t('precedents.form.agesHint')}
        width="short"
        inputMode="numeric"
      />
      <TextField path="agesTo" label={t('precedents.form.agesTo')} width="short" inputMode="numeric" />
      <CheckGroups
        path="units"
        label={t('precedents.form.units')}
        groups={[{ label: t('precedents.form.whichUnits'), options: units.slice(0, Math.max(start.units.length, 1)) }]}
      />
      <SelectField path="outcome" label={t('precedents.form.outcome')} options={units} />
      <TextField path="basis" label={t('precedents.form.basis')} />
      <TextArea path="reason" label={t('precedents.form.reason')} hint={t('precedents.form.reasonHint')} rows={4} />
    </ActForm>
  );
};
