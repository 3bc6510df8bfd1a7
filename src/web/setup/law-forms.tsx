import { useTranslation } from 'react-i18next';
import { POLICY_KINDS } from '#domain/rulebook.ts';
import { clockName } from '#domain/timeline.ts';
import type { Outputs } from '../api.ts';
import { useText } from '../components/language.ts';
import { SelectField, TextField, Tick } from '../form/fields.tsx';
import { AlarmForm } from './alarm-form.tsx';
import { ChooseForm } from './choose-form.tsx';
import { DUTIES } from './kinds.ts';
import { ApplyToOpen, FromField, ProposeForm, SourceField, StatusField } from './propose-form.tsx';
import { dayOf, numberOf } from './read.ts';
import { ReassessedForm } from './reassessed-form.tsx';
import { ReceiptForm } from './receipt-form.tsx';
import { SentenceForm } from './sentence-form.tsx';
import { CorrectReference, CorrectText } from './text-forms.tsx';

type Rulebook = Outputs['setup']['regulations']['document']['rulebook'];
type Props = { readonly rulebook: Rulebook };

const UNITS = ['workdays', 'hverdage', 'days', 'months', 'elapsed hours'] as const;

const ClockField = ({ path, clocks }: { readonly path: string; readonly clocks: readonly string[] }) => {
  const { t } = useTranslation();
  const text = useText();
  const options = clocks.map((kind) => ({ value: kind, label: text(clockName(kind)) }));
  return <SelectField path={path} label={t('setup.fields.clock')} options={options} />;
};

const PeriodFields = ({ path, label, optional = false }: { path: string; label: string; optional?: boolean }) => {
  const { t } = useTranslation();
  return (
    <>
      <TextField path={`${path}.n`} label={label} optional={optional} width="short" inputMode="numeric" />
      <SelectField
        path={`${path}.unit`}
        label={t('setup.fields.unit', { what: label })}
        options={UNITS.map((unit) => ({ value: unit, label: t(`setup.units.${unit}`) }))}
      />
    </>
  );
};

type Span = { n: string; unit: string };
const NO_SPAN: Span = { n: '', unit: '' };
const spanOf = ({ n, unit }: Span) => ({ n: numberOf(n), unit });
const spanOrNone = (span: Span) => (span.n.trim() === '' ? null : spanOf(span));

const PolicyPeriod = () => {
  const { t } = useTranslation();
  return (
    <ProposeForm
      defaults={{
        note: '',
        change: {
          clock: '',
          from: '',
          period: { n: '', unit: 'workdays' },
          acute: { n: '', unit: 'elapsed hours' },
          source: '',
          applyToOpen: false,
        },
      }}
      change={({ change }) => ({
        ...change,
        what: 'policy-period',
        from: dayOf(change.from),
        period: spanOf(change.period),
        acute: spanOrNone(change.acute),
      })}
    >
      <ClockField path="change.clock" clocks={POLICY_KINDS} />
      <PeriodFields path="change.period" label={t('setup.fields.period')} />
      <PeriodFields path="change.acute" label={t('setup.fields.acute')} optional />
      <FromField />
      <SourceField />
      <ApplyToOpen />
    </ProposeForm>
  );
};

const LawPeriod = () => {
  const { t } = useTranslation();
  return (
    <ProposeForm
      defaults={{
        note: '',
        change: { duty: '', from: '', period: NO_SPAN, again: NO_SPAN, paragraph: '', status: 'law', source: '' },
      }}
      change={({ change }) => ({
        ...change,
        what: 'law-period',
        from: dayOf(change.from),
        period: spanOf(change.period),
        again: spanOrNone(change.again),
      })}
    >
      <ClockField path="change.duty" clocks={DUTIES} />
      <PeriodFields path="change.period" label={t('setup.fields.period')} />
      <PeriodFields path="change.again" label={t('setup.fields.again')} optional />
      <TextField path="change.paragraph" label={t('setup.fields.paragraph')} width="medium" />
      <StatusField />
      <FromField />
      <SourceField />
    </ProposeForm>
  );
};

const Limits = ({ rulebook }: Props) => {
  const { t } = useTranslation();
  const now = rulebook.policies.at(-1);
  const of = (n: number | undefined) => String(n ?? '');
  return (
    <ProposeForm
      defaults={{
        note: '',
        change: {
          from: '',
          returnCheckOpeningHours: of(now?.returnCheckOpeningHours),
          leastOpeningHours: of(now?.leastOpeningHours),
          callAfterMinutes: of(now?.callAfterMinutes),
          pauseAtMost: { days: of(now?.pauseAtMost.days), hours: of(now?.pauseAtMost.hours) },
          source: '',
        },
      }}
      change={({ change }) => ({
        what: 'policy-limits',
        from: dayOf(change.from),
        returnCheckOpeningHours: numberOf(change.returnCheckOpeningHours),
        leastOpeningHours: numberOf(change.leastOpeningHours),
        callAfterMinutes: numberOf(change.callAfterMinutes),
        pauseAtMost: { days: numberOf(change.pauseAtMost.days), hours: numberOf(change.pauseAtMost.hours) },
        source: change.source,
      })}
    >
      {(
        [
          'returnCheckOpeningHours',
          'leastOpeningHours',
          'callAfterMinutes',
          'pauseAtMost.days',
          'pauseAtMost.hours',
        ] as const
      ).map((path) => (
        <TextField
          key={path}
          path={`change.${path}`}
          label={t(
            `setup.limits.${path === 'pauseAtMost.days' ? 'pauseDays' : path === 'pauseAtMost.hours' ? 'pauseHours' : path}`,
          )}
          width="short"
          inputMode="numeric"
        />
      ))}
      <FromField />
      <SourceField />
    </ProposeForm>
  );
};

const STARTED = ['investigation', 'limited-examination', 'supportive', 'placement'] as const;
const FeedbackWords = ({ rulebook }: Props) => {
  const { t } = useTranslation();
  const now = rulebook.feedback.at(-1);
  return (
    <ProposeForm
      defaults={{
        note: '',
        change: {
          from: '',
          vocabulary: { ...now?.vocabulary },
          municipalities: now?.municipalities ?? false,
          status: 'law',
          source: '',
        },
      }}
      change={({ change }) => ({ ...change, what: 'feedback-words', from: dayOf(change.from) })}
    >
      {STARTED.map((word) => (
        <Tick key={word} path={`change.vocabulary.${word}`} label={t(`setup.started.${word}`)} />
      ))}
      <Tick path="change.municipalities" label={t('setup.started.municipalities')} />
      <FromField />
      <StatusField />
      <SourceField />
    </ProposeForm>
  );
};

/** Everything of law and policy that can be proposed otherwise. */
export const LawForms = ({ rulebook }: Props) => (
  <ChooseForm
    forms={{
      'policy-period': () => <PolicyPeriod />,
      'law-period': () => <LawPeriod />,
      'policy-limits': () => <Limits rulebook={rulebook} />,
      alarms: () => <AlarmForm rulebook={rulebook} />,
      'feedback-words': () => <FeedbackWords rulebook={rulebook} />,
      'feedback-sentence': () => <SentenceForm rulebook={rulebook} />,
      'receipt-policy': () => <ReceiptForm rulebook={rulebook} />,
      'reassessed-measures': () => <ReassessedForm rulebook={rulebook} />,
      'correct-text': () => <CorrectText rulebook={rulebook} />,
      'correct-reference': () => <CorrectReference rulebook={rulebook} />,
    }}
  />
);
