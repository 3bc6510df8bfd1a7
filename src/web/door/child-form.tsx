import { Link } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { FormProvider, useForm, useFormContext, useWatch } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import type { FieldError } from '#domain/errors.ts';
import { instant } from '#domain/time.ts';
import { client } from '../api.ts';
import { Alert } from '../components/alert.tsx';
import { useLanguage } from '../components/language.ts';
import { PageTitle } from '../components/page-title.tsx';
import { Phone } from '../components/phone.tsx';
import { ProblemAlert } from '../components/problem-alert.tsx';
import { checkForm } from '../form/check.ts';
import { ErrorSummary } from '../form/error-summary.tsx';
import { RadioField, SelectField, TextArea, TextField } from '../form/fields.tsx';
import { useFormData } from '../form/form-data.ts';
import { Problems } from '../form/problems.tsx';
import { toInput } from '../form/to-input.ts';
import { useRefusals } from '../form/use-refusals.ts';
import { EMPTY, type FormValues, FRESH } from '../form/values.ts';
import { useNow, useTraining } from '../session.tsx';
import { useAct } from '../use-act.ts';
import { Helplines } from './helplines.tsx';

/** What the questions are called here, so that what is missing is told in the same words. */
const LABELS = {
  'concern.narrative': 'tell',
  'notifier.name': 'name',
  'children.0.ageEstimate': 'age',
  'children.0.address.postalCode': 'postalCode',
  'notifier.workPhone': 'phone',
  'acute.marked': 'now',
} as const satisfies Readonly<Record<string, string>>;

/** The child's own name stands in both places, and that it says so itself is why it is acute. */
const asNotification = (values: FormValues, nowWhy: string): FormValues => {
  const [child = FRESH.child] = values.children;
  const { name } = values.notifier;
  return {
    ...values,
    children: [{ ...child, name, identity: 'unknown' }],
    acute: { ...values.acute, why: values.acute.marked === 'yes' ? nowWhy : '' },
  };
};

const Questions = () => {
  const { t } = useTranslation();
  const { institutions } = useFormData();
  const yesNo = [
    { value: 'yes', label: t('common.yes') },
    { value: 'no', label: t('common.no') },
  ];
  const { control } = useFormContext<FormValues>();
  const afraid = useWatch({ control, name: 'violence.suspected' });
  const schools = institutions.filter(({ kind }) => kind === 'school');
  return (
    <>
      <TextArea path="concern.narrative" label={t('door.child.tell')} hint={t('door.child.tellHint')} rows={8} />
      <RadioField path="acute.marked" label={t('door.child.now')} options={yesNo} />
      <TextField path="notifier.name" label={t('door.child.name')} />
      <RadioField path="violence.suspected" label={t('door.child.afraid')} options={yesNo} optional />
      {afraid === 'yes' ? (
        <TextField path="violence.whom" label={t('door.child.whom')} hint={t('door.child.whomHint')} optional />
      ) : null}
      <TextField path="children.0.ageEstimate" label={t('door.child.age')} width="short" inputMode="numeric" optional />
      <SelectField
        path="children.0.institution"
        label={t('door.child.school')}
        empty={t('door.child.schoolNone')}
        options={schools.map(({ id, name }) => ({ value: id, label: name }))}
        optional
      />
      <TextField path="children.0.address.street" label={t('door.child.street')} optional />
      <TextField
        path="children.0.address.postalCode"
        label={t('door.child.postalCode')}
        width="short"
        inputMode="numeric"
        optional
      />
      <TextField
        path="notifier.workPhone"
        label={t('door.child.phone')}
        hint={t('door.child.phoneHint')}
        type="tel"
        width="medium"
        optional
      />
    </>
  );
};

const Thanks = () => {
  const { t } = useTranslation();
  const { acutePhone } = useFormData();
  return (
    <div className="narrow">
      <PageTitle title={t('door.child.done')} />
      <p className="lead">{t('door.child.doneText')}</p>
      <p>
        {t('door.child.doneCall')} <Phone number={acutePhone} large />
      </p>
    </div>
  );
};

/** The child itself: the number first, few questions in plain words, all on one page. */
export const ChildForm = () => {
  const { t } = useTranslation();
  const language = useLanguage();
  const training = useTraining();
  const { codes } = useFormData();
  const now = instant(useNow());
  const [sent, setSent] = useState(false);
  const refusals = useRefusals();
  const form = useForm<FormValues>({
    defaultValues: { ...EMPTY, language, notifier: { ...EMPTY.notifier, basis: 'citizen', notifierCode: '12' } },
  });
  /** `Hvad hedder du?: skal udfyldes.` */
  const named = (problem: FieldError): FieldError => {
    const label = LABELS[problem.path as keyof typeof LABELS];
    if (!label) return problem;
    const say = (text: string): string => `${t(`door.child.${label}`)} ${text.replace(/^[^:]*: /, '')}`;
    return { ...problem, da: say(problem.da), en: say(problem.en) };
  };
  const [key] = useState(() => crypto.randomUUID());
  const act = useAct(client.door.submit, {
    refresh: false,
    key,
    done: () => setSent(true),
    failed: ({ fields }) => refusals.refuse(fields.map(named)),
  });
  if (sent) return <Thanks />;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const values = asNotification(form.getValues(), t('door.child.nowWhy'));
    const found = checkForm(values, { training, codes, receivedAt: now })
      .filter(({ path }) => path !== 'children.0.name')
      .map(named);
    refusals.refuse(found);
    if (found.length === 0) act.run({ notification: toInput(values), confirmation: null });
  };
  return (
    <div className="narrow">
      <PageTitle title={t('door.child.title')} />
      <p className="lead">{t('door.child.lead')}</p>
      <Helplines />
      <Alert tone="info" heading={t('door.child.before')}>
        <ul>
          <li>{t('door.child.before1')}</li>
          <li>{t('door.child.before2')}</li>
          <li>{t('door.child.before3')}</li>
        </ul>
        <p>
          <Link to="/privatliv">{t('door.before.privacy')}</Link>
        </p>
      </Alert>
      <FormProvider {...form}>
        <form className="act-form" onSubmit={submit} noValidate>
          <ErrorSummary problems={refusals.problems} attempt={refusals.attempt} />
          {refusals.problems.length === 0 ? <ProblemAlert problem={act.problem} /> : null}
          <Problems value={refusals.problems}>
            <Questions />
          </Problems>
          <p className="told">{t('door.told.child')}</p>
          <button type="submit" className="button button-primary">
            {t(act.pending ? 'common.sending' : 'door.child.send')}
          </button>
        </form>
      </FormProvider>
    </div>
  );
};
