import { useWatch } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { DateField } from '../date-field.tsx';
import { CheckGroups, SelectField, TextArea } from '../fields.tsx';
import { useCodeDay, useCodeOptions, useFormData, useNeeds } from '../form-data.ts';
import { Rows } from '../rows.tsx';
import { useLabel } from '../use-label.ts';
import { FRESH } from '../values.ts';

const GROUPS = ['child', 'parents', 'other'] as const;

const Observation = ({ path }: { readonly path: string }) => {
  const label = useLabel();
  return (
    <>
      <DateField path={`${path}.on`} label={label('concern.observations.on')} />
      <TextArea path={`${path}.text`} label={label('concern.observations.text')} rows={3} />
    </>
  );
};

export const ConcernPart = () => {
  const { t } = useTranslation();
  const label = useLabel();
  const needs = useNeeds();
  const { codes } = useFormData();
  const chosen: unknown = useWatch({ name: 'concern.reasons' });
  const reasons = useCodeOptions()(codes.reasons, useCodeDay(), chosen);
  const groups = GROUPS.map((group) => ({
    label: t(`form.concern.groups.${group}`),
    options: reasons.filter(({ row }) => row.group === group),
  }));
  return (
    <>
      <TextArea
        path="concern.narrative"
        label={label('concern.narrative')}
        hint={t('form.concern.narrativeHint')}
        rows={10}
      />
      <h2 className="part-heading">{t('form.concern.observations')}</h2>
      <p className="form-hint">{t('form.concern.observationsHint')}</p>
      <Rows
        path="concern.observations"
        title={(number) => t('form.concern.observation', { number })}
        addLabel={t('form.concern.observationAdd')}
        fresh={FRESH.observation}
        max={50}
      >
        {(path) => <Observation path={path} />}
      </Rows>
      <TextArea
        path="concern.childsWords"
        label={label('concern.childsWords')}
        hint={t('form.concern.childsWordsHint')}
        optional
      />
      <TextArea
        path="concern.wellbeing"
        label={label('concern.wellbeing')}
        hint={t('form.concern.wellbeingHint')}
        optional
      />
      <TextArea
        path="concern.strengths"
        label={label('concern.strengths')}
        hint={t('form.concern.strengthsHint')}
        optional
      />
      <CheckGroups
        path="concern.reasons"
        label={label('concern.reasons')}
        hint={t('form.concern.reasonsHint')}
        groups={groups}
        optional
      />
      <SelectField path="need" label={label('need')} hint={t('form.concern.needHint')} options={needs} optional />
    </>
  );
};
