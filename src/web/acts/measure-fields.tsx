import { useWatch } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { instant, localDay } from '#domain/time.ts';
import type { Case, Measure } from '../api.ts';
import { useText, useWhen } from '../components/language.ts';
import { RadioField, SelectField, TextField } from '../form/fields.tsx';
import { useCodeOptions, useFormData } from '../form/form-data.ts';
import { useNow } from '../session.tsx';

export const runningMeasures = ({ measures }: Case): readonly Measure[] =>
  measures.filter(({ state }) => state === 'running');

/** Which measure: asked only where there is more than one. */
export const WhichMeasure = ({ item }: { readonly item: Case }) => {
  const { t } = useTranslation();
  const text = useText();
  const when = useWhen();
  const running = runningMeasures(item);
  const label = (measure: Measure) =>
    t('work.measure.since', { name: text(measure.name), when: when(measure.startedAt, 'day') });
  const [only] = running;
  if (only && running.length === 1) return <p>{label(only)}</p>;
  return (
    <RadioField
      path="measureId"
      label={t('work.measure.which')}
      options={running.map((measure) => ({ value: measure.id, label: label(measure) }))}
    />
  );
};

/** What it is and how long it is planned to last. */
export const MeasureKind = () => {
  const { t } = useTranslation();
  const { codes } = useFormData();
  const chosen: unknown = useWatch({ name: 'type' });
  const types = useCodeOptions()(codes.measures, localDay(instant(useNow())), chosen);
  return (
    <>
      <SelectField
        path="type"
        label={t('work.measure.type')}
        options={types.map(({ row, value, label }) => ({ value, label: `${label} (${row.paragraph})` }))}
      />
      <TextField
        path="plannedMonths"
        label={t('work.measure.months')}
        hint={t('work.measure.monthsHint')}
        width="short"
        inputMode="numeric"
        optional
      />
    </>
  );
};
