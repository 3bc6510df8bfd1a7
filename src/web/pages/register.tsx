import { useBlocker } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { FormProvider, useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { CHANNELS } from '#domain/codes.ts';
import type { FieldError } from '#domain/errors.ts';
import { instant } from '#domain/time.ts';
import { client } from '../api.ts';
import { useLanguage, useText } from '../components/language.ts';
import { PageTitle } from '../components/page-title.tsx';
import { ProblemAlert } from '../components/problem-alert.tsx';
import { Registered } from '../components/registered.tsx';
import { checkForm } from '../form/check.ts';
import { DateField } from '../form/date-field.tsx';
import { ErrorSummary } from '../form/error-summary.tsx';
import { SelectField, TextArea, TextField } from '../form/fields.tsx';
import { useFormData } from '../form/form-data.ts';
import { readMoment } from '../form/moment.ts';
import { type AskingStep, Part } from '../form/parts/part.tsx';
import { Problems } from '../form/problems.tsx';
import { toInput, withoutEmptyRows } from '../form/to-input.ts';
import { channelRefusals, useRefusals } from '../form/use-refusals.ts';
import { EMPTY, type FormValues } from '../form/values.ts';
import { useNow, useSession } from '../session.tsx';
import { useAct } from '../use-act.ts';

type Values = FormValues & { channel: string; on: string; time: string; callNote: string };
type Submitted = Parameters<typeof Registered>[0]['submitted'];

/** Intake asks in the order in which a caller tells. */
const PARTS = [
  'children',
  'notifier',
  'concern',
  'acute',
  'parents',
  'family',
  'tried',
] as const satisfies AskingStep[];

/** The server names the fields of the notification as parts of the registration. */
const here = (problem: FieldError): FieldError => ({
  ...problem,
  path: problem.path.replace(/^notification\./, '').replace(/^receivedAt$/, 'on'),
});

const Arrival = () => {
  const { t } = useTranslation();
  const text = useText();
  const channels = CHANNELS.filter(({ code }) => code !== 'form');
  return (
    <section aria-labelledby="arrival">
      <h2 id="arrival">{t('case.register.arrival')}</h2>
      <SelectField
        path="channel"
        label={t('case.register.channel')}
        options={channels.map((channel) => ({ value: channel.code, label: text(channel) }))}
      />
      <DateField path="on" label={t('case.register.receivedOn')} hint={t('case.register.receivedHint')} />
      <TextField path="time" label={t('case.register.receivedTime')} width="short" />
      <TextArea
        path="callNote"
        label={t('case.register.callNote')}
        hint={t('case.register.callNoteHint')}
        rows={5}
        optional
      />
    </section>
  );
};

const RegisterForm = ({ done }: { readonly done: (submitted: Submitted) => void }) => {
  const { t } = useTranslation();
  const { training } = useSession();
  const { codes } = useFormData();
  const now = instant(useNow());
  const language = useLanguage();
  const refusals = useRefusals();
  const form = useForm<Values>({
    defaultValues: { ...EMPTY, language, channel: '', on: '', time: '', callNote: '' },
  });
  const { isDirty } = form.formState;
  const act = useAct(client.notifications.register, {
    done: (submitted) => {
      form.reset();
      done(submitted);
    },
    failed: ({ fields }) => refusals.refuse(fields.map(here)),
  });
  useBlocker({
    shouldBlockFn: () => isDirty && !window.confirm(t('form.leave')),
    enableBeforeUnload: () => isDirty,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const { channel, on, time, callNote, ...typed } = form.getValues();
    const values = withoutEmptyRows(typed);
    form.reset({ ...values, channel, on, time, callNote }, { keepDefaultValues: true });
    const moment = readMoment({ on, time }, now);
    const found = [
      ...channelRefusals(channel),
      ...('wire' in moment ? [] : moment),
      ...checkForm(values, { training, codes, receivedAt: 'wire' in moment ? moment.at : now }),
    ];
    refusals.refuse(found);
    if (found.length > 0 || !('wire' in moment)) return;
    const note = callNote.trim() === '' ? {} : { callNote };
    act.run({ channel, receivedAt: moment.wire, ...note, notification: toInput(values) });
  };
  return (
    <FormProvider {...form}>
      <form className="register-form" onSubmit={submit} noValidate>
        <ErrorSummary problems={refusals.problems} attempt={refusals.attempt} />
        {refusals.problems.length === 0 ? <ProblemAlert problem={act.problem} /> : null}
        <Problems value={refusals.problems}>
          <Arrival />
          {PARTS.map((part) => (
            <section key={part} aria-labelledby={`part-${part}`}>
              <h2 id={`part-${part}`}>{t(part === 'notifier' ? 'case.register.notifier' : `form.steps.${part}`)}</h2>
              <Part step={part} registering />
            </section>
          ))}
        </Problems>
        <p className="told">{t('case.register.submitTold')}</p>
        <button type="submit" className="button button-primary">
          {t(act.pending ? 'common.sending' : 'case.register.submit')}
        </button>
      </form>
    </FormProvider>
  );
};

/** *Registrér*: what came by other ways than the form. */
export const RegisterPage = () => {
  const { t } = useTranslation();
  const [submitted, setSubmitted] = useState<Submitted | null>(null);
  if (submitted) return <Registered submitted={submitted} again={() => setSubmitted(null)} />;
  return (
    <div className="narrow">
      <PageTitle title={t('case.register.title')} />
      <p className="lead">{t('case.register.lead')}</p>
      <RegisterForm done={setSubmitted} />
    </div>
  );
};
