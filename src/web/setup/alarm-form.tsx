import { useTranslation } from 'react-i18next';
import { POLICY_KINDS } from '#domain/rulebook.ts';
import { clockName } from '#domain/timeline.ts';
import type { Outputs } from '../api.ts';
import { useText } from '../components/language.ts';
import { SelectField, TextField } from '../form/fields.tsx';
import { DUTIES } from './kinds.ts';
import { FromField, ProposeForm, SourceField } from './propose-form.tsx';
import { dayOf, numberOf, timeOf } from './read.ts';

type Props = { readonly rulebook: Outputs['setup']['regulations']['document']['rulebook'] };

const PARTS = ['quarter', 'half', 'workdays', 'days'] as const;

/** When clocks remind, all of them or those of one kind; who is told stays with the roles. */
export const AlarmForm = ({ rulebook: { alarms } }: Props) => {
  const { t } = useTranslation();
  const text = useText();
  const kinds = [...DUTIES, ...POLICY_KINDS].map((kind) => ({ value: kind, label: text(clockName(kind)) }));
  return (
    <ProposeForm
      defaults={{
        note: '',
        change: {
          clock: '',
          from: '',
          opensAt: alarms.opensAt,
          chaseWorkdays: String(alarms.chaseDays.n),
          chaseHours: String(alarms.chaseHours.n),
          parts: {
            quarter: String(alarms.hourParts.quarter),
            half: String(alarms.hourParts.half),
            workdays: String(alarms.halfPart),
            days: String(alarms.earlyPart),
          },
          source: '',
        },
      }}
      change={({ change }) => ({
        what: 'alarms',
        clock: change.clock || null,
        from: dayOf(change.from),
        opensAt: timeOf(change.opensAt),
        chaseWorkdays: numberOf(change.chaseWorkdays),
        chaseHours: numberOf(change.chaseHours),
        parts: Object.fromEntries(PARTS.map((part) => [part, numberOf(change.parts[part])])),
        source: change.source,
      })}
    >
      <SelectField path="change.clock" label={t('setup.fields.clock')} empty={t('setup.alarms.all')} options={kinds} />
      <TextField path="change.opensAt" label={t('setup.alarms.opensAt')} width="short" />
      {PARTS.map((part) => (
        <TextField
          key={part}
          path={`change.parts.${part}`}
          label={t(`setup.alarms.parts.${part}`)}
          hint={t('setup.alarms.partsHint')}
          width="short"
          inputMode="numeric"
        />
      ))}
      <TextField
        path="change.chaseWorkdays"
        label={t('setup.alarms.chaseWorkdays')}
        width="short"
        inputMode="numeric"
      />
      <TextField path="change.chaseHours" label={t('setup.alarms.chaseHours')} width="short" inputMode="numeric" />
      <FromField />
      <SourceField />
    </ProposeForm>
  );
};
