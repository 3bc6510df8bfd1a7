import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { PAUSE_REASONS, type PauseReason } from '#domain/pausing.ts';
import { instant } from '#domain/time.ts';
import { type Act, type Case, client } from '../api.ts';
import { useText, useWhen } from '../components/language.ts';
import { DateField } from '../form/date-field.tsx';
import { RadioField, SelectField, TextArea, TextField } from '../form/fields.tsx';
import { readAhead } from '../form/moment.ts';
import { useNow } from '../session.tsx';
import { CaseActForm } from './case-act-form.tsx';
import { chosen, reason } from './form-schemas.ts';
import type { ActProps } from './use-case-act.ts';

type Props = ActProps & { readonly item: Case };

const clocksFor = (item: Case, act: Act): Case['clocks'] =>
  item.clocks.filter(({ acts }) => acts.some((one) => one === act));

/** The only clock that it can be about is chosen already. */
const firstOf = (clocks: Case['clocks']): string => (clocks.length === 1 ? (clocks[0]?.id ?? '') : '');

const WhichClock = ({ clocks }: { readonly clocks: Case['clocks'] }) => {
  const { t } = useTranslation();
  const text = useText();
  const when = useWhen();
  return (
    <RadioField
      path="clockId"
      label={t('clocks.which')}
      options={clocks.map(({ id, name, dueAt }) => ({
        value: id,
        label: t('clocks.option', { name: text(name), when: when(dueAt) }),
      }))}
    />
  );
};

export const PauseClockForm = ({ item, ...props }: Props) => {
  const { t } = useTranslation();
  const text = useText();
  const now = instant(useNow());
  const clocks = clocksFor(item, 'pause-clock');
  return (
    <CaseActForm
      {...props}
      procedure={client.work.pauseClock}
      defaults={{ clockId: firstOf(clocks), reason: '', on: '', time: '00.00' }}
      schema={z.object({ clockId: chosen, reason: chosen })}
      input={(values) => {
        const moment = readAhead(values, now);
        if (!('wire' in moment)) return { refused: moment };
        const { id, stateVersion } = item;
        const { clockId, reason: why } = values;
        return { id, stateVersion, clockId, reason: why as PauseReason, until: moment.wire };
      }}
      submitLabel={t('clocks.pause.submit')}
      doneText={t('clocks.pause.done')}
    >
      <WhichClock clocks={clocks} />
      <SelectField
        path="reason"
        label={t('clocks.pause.reason')}
        options={PAUSE_REASONS.map((one) => ({ value: one.code, label: text(one) }))}
      />
      <DateField path="on" label={t('clocks.pause.until')} hint={t('clocks.pause.untilHint')} />
      <TextField path="time" label={t('common.time')} width="short" />
    </CaseActForm>
  );
};

export const ResumeClockForm = ({ item, ...props }: Props) => {
  const { t } = useTranslation();
  const clocks = clocksFor(item, 'resume-clock');
  return (
    <CaseActForm
      {...props}
      procedure={client.work.resumeClock}
      defaults={{ clockId: firstOf(clocks) }}
      schema={z.object({ clockId: chosen })}
      input={({ clockId }) => ({ id: item.id, stateVersion: item.stateVersion, clockId })}
      submitLabel={t('clocks.resume.submit')}
      doneText={t('clocks.resume.done')}
    >
      <WhichClock clocks={clocks} />
    </CaseActForm>
  );
};

export const ExplainOverdueForm = ({ item, ...props }: Props) => {
  const { t } = useTranslation();
  const clocks = clocksFor(item, 'explain-overdue');
  return (
    <CaseActForm
      {...props}
      procedure={client.work.explainOverdue}
      defaults={{ clockId: firstOf(clocks), text: '' }}
      schema={z.object({ clockId: chosen, text: reason })}
      input={({ clockId, text }) => ({ id: item.id, stateVersion: item.stateVersion, clockId, text })}
      submitLabel={t('clocks.explain.submit')}
      doneText={t('clocks.explain.done')}
    >
      <WhichClock clocks={clocks} />
      <TextArea path="text" label={t('clocks.explain.text')} hint={t('clocks.explain.hint')} />
    </CaseActForm>
  );
};

export const AnswerExplanationForm = ({ item, ...props }: Props) => {
  const { t } = useTranslation();
  const clocks = clocksFor(item, 'answer-explanation');
  return (
    <CaseActForm
      {...props}
      procedure={client.work.answerExplanation}
      defaults={{ clockId: firstOf(clocks), accepted: '', text: '' }}
      schema={z.object({ clockId: chosen, accepted: chosen, text: reason })}
      input={({ clockId, accepted, text }) => ({
        id: item.id,
        stateVersion: item.stateVersion,
        clockId,
        accepted: accepted === 'yes',
        text,
      })}
      submitLabel={t('clocks.answer.submit')}
      doneText={t('clocks.answer.done')}
    >
      <WhichClock clocks={clocks} />
      <RadioField
        path="accepted"
        label={t('clocks.answer.label')}
        options={(['yes', 'no'] as const).map((value) => ({ value, label: t(`clocks.answer.${value}`) }))}
      />
      <TextArea path="text" label={t('clocks.answer.text')} />
    </CaseActForm>
  );
};
