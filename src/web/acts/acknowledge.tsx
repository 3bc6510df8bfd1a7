import { useForm, useWatch } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { type Case, client } from '../api.ts';
import { ActForm } from '../form/act-form.tsx';
import { RadioField, SelectField, Tick } from '../form/fields.tsx';
import { useFormData, useNeeds } from '../form/form-data.ts';
import { refusalsBy, useRefusals } from '../form/use-refusals.ts';
import { type ActProps, useCaseAct } from './use-case-act.ts';

type Values = { known: { where: 'here' | 'open' | 'elsewhere'; unit: string; disability: boolean }; need: string };

const schema = z.object({
  known: z.object({ where: z.string(), unit: z.string() }).superRefine(({ where, unit }, ctx) => {
    if (where === 'open' && unit === '') ctx.addIssue({ code: 'custom', path: ['unit'], message: 'required' });
  }),
});

const KnownUnit = () => {
  const { t } = useTranslation();
  const { caseUnits } = useFormData();
  const where: unknown = useWatch({ name: 'known.where' });
  if (where !== 'open') return null;
  return (
    <SelectField
      path="known.unit"
      label={t('case.acknowledge.unit')}
      options={caseUnits.map(({ id, name }) => ({ value: id, label: name }))}
    />
  );
};

/** A named person takes it, and says whether the child is known; what they say routes it again. */
export const AcknowledgeForm = ({ item, ...props }: ActProps & { readonly item: Case }) => {
  const { t } = useTranslation();
  const needs = useNeeds();
  const { caseUnits } = useFormData();
  const { known } = item;
  const refusals = useRefusals();
  const form = useForm<Values>({
    defaultValues: {
      known: { where: known.unit ? 'open' : 'here', unit: known.unit?.id ?? '', disability: known.disability },
      need: item.need ?? 'worry',
    },
  });
  const act = useCaseAct(client.referrals.acknowledge, {
    ...props,
    done: ({ moved, ownerUnit }) => {
      const unit = caseUnits.find(({ id }) => id === ownerUnit)?.name ?? ownerUnit;
      props.done(moved ? t('case.acknowledge.moved', { unit }) : t('case.acknowledge.taken'));
    },
    failed: ({ fields }) => refusals.refuse(fields),
  });
  const submit = (values: Values) => {
    const found = refusalsBy(schema, values);
    refusals.refuse(found);
    if (found.length > 0) return;
    const { where, unit, disability } = values.known;
    act.run({
      id: item.id,
      stateVersion: item.stateVersion,
      known: { unit: where === 'open' ? unit : null, disability, elsewhere: where === 'elsewhere' },
      need: values.need || null,
    });
  };
  return (
    <ActForm
      form={form}
      {...refusals}
      problem={act.shown}
      pending={act.pending}
      submitLabel={t('case.acknowledge.submit')}
      told={props.told}
      submit={submit}
      cancel={props.cancel}
    >
      <p>
        {known.unit ? t('case.acknowledge.knownImported', { unit: known.unit.name }) : t('case.acknowledge.knownNot')}
      </p>
      <RadioField
        path="known.where"
        label={t('case.acknowledge.known')}
        hint={t('case.acknowledge.knownHint')}
        options={[
          { value: 'here', label: t('case.acknowledge.here') },
          { value: 'open', label: t('case.acknowledge.open') },
          { value: 'elsewhere', label: t('case.acknowledge.elsewhere') },
        ]}
      />
      <KnownUnit />
      <Tick path="known.disability" label={t('case.acknowledge.disability')} />
      <SelectField path="need" label={t('case.acknowledge.need')} options={needs} />
    </ActForm>
  );
};
