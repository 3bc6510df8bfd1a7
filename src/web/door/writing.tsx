import { useBlocker, useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { FormProvider, useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { type DoorKind, doorKind } from '#domain/door.ts';
import type { FieldError } from '#domain/errors.ts';
import { client } from '../api.ts';
import { useLanguage } from '../components/language.ts';
import { toInput } from '../form/to-input.ts';
import { useChecked } from '../form/use-checked.ts';
import { EMPTY, type FormValues } from '../form/values.ts';
import { Wizard } from '../form/wizard.tsx';
import { useAct } from '../use-act.ts';
import { Confirm } from './confirm.tsx';
import type { Received } from './done.tsx';
import { useSteps } from './place.ts';

type Props = { readonly kind: DoorKind; readonly done: (received: Received) => void };

const emptyFor = (kind: DoorKind, language: 'da' | 'en'): FormValues => {
  const { basis, codes } = doorKind(kind);
  const [only] = codes ?? [];
  return { ...EMPTY, language, notifier: { ...EMPTY.notifier, basis, notifierCode: only ? String(only) : '' } };
};

/** The same form as behind the login; what is written stays on this screen until it is sent. */
export const Writing = ({ kind, done }: Props) => {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const language = useLanguage();
  const steps = useSteps();
  const { trin } = useSearch({ from: '/underret/$hvem' });
  const step = steps.find((one) => one === trin) ?? steps[0] ?? 'review';
  const form = useForm<FormValues>({ defaultValues: emptyFor(kind, language) });
  const { isDirty } = form.formState;
  const checked = useChecked(form);
  const [codeId, setCodeId] = useState<string | null>(null);
  const ended = useRef(false);
  const finish = (received: Received): void => {
    ended.current = true;
    done(received);
  };
  const back = (fields: readonly FieldError[]): void => {
    setCodeId(null);
    checked.refused(fields);
  };
  const failed = ({ fields }: { fields: readonly FieldError[] }): void =>
    checked.refused(fields.map((field) => (field.path === 'email' ? { ...field, path: 'notifier.workEmail' } : field)));
  const asking = useAct(client.door.requestCode, { refresh: false, done: (code) => setCodeId(code.codeId), failed });
  // Made with the form and kept over every try: an answer that is lost makes no second notification.
  const [key] = useState(() => crypto.randomUUID());
  const sending = useAct(client.door.submit, { refresh: false, done: finish, failed, key });
  const quietly = useAct(client.door.submitAnonymously, { refresh: false, done: finish, failed, key });
  const { clear } = checked;
  const shown = useRef(step);
  useEffect(() => {
    // Errors of one step do not follow to the next; from the last they show the way back.
    if (shown.current !== step && shown.current !== 'review') clear();
    shown.current = step;
  }, [step, clear]);
  useBlocker({
    shouldBlockFn: ({ current, next }) =>
      isDirty && !ended.current && current.pathname !== next.pathname && !window.confirm(t('form.leave')),
    enableBeforeUnload: () => isDirty && !ended.current,
  });

  const values = form.getValues();
  const email = kind === 'anonymous' ? '' : values.notifier.workEmail.trim();
  const notification = toInput(values);
  const send = (): void => {
    if (kind === 'anonymous') quietly.run({ notification: toInput(form.getValues()) });
    else if (form.getValues('notifier.workEmail').trim() === '')
      sending.run({ notification: toInput(form.getValues()), confirmation: null });
    else asking.run({ email: form.getValues('notifier.workEmail').trim(), language });
  };
  if (codeId !== null) {
    return (
      <Confirm
        notification={notification}
        email={email}
        codeId={codeId}
        notificationKey={key}
        done={finish}
        refused={back}
        back={() => {
          setCodeId(null);
          void navigate({ to: '.', search: { trin: 'review' } });
        }}
      />
    );
  }
  const act = [asking, sending, quietly].find(({ pending, problem }) => pending || problem !== null);
  const problem = act?.problem ?? null;
  return (
    <FormProvider {...form}>
      <Wizard
        step={step}
        checked={checked}
        sending={act?.pending ?? false}
        problem={problem?.code === 'INVALID' && checked.problems.length > 0 ? null : problem}
        send={send}
        status={null}
      />
    </FormProvider>
  );
};
