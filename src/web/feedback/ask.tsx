import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useForm, useWatch } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import type { Reason } from '#domain/errors.ts';
import { QUESTION_CODES, QUESTIONS, type Question } from '#domain/questions.ts';
import { PlainActForm } from '../acts/plain-act-form.tsx';
import { ReasonForm } from '../acts/reason-form.tsx';
import type { ActProps } from '../acts/use-case-act.ts';
import { type Case, client, queryClient, trpc } from '../api.ts';
import { useText } from '../components/language.ts';
import { Failed, Loading } from '../components/problem-alert.tsx';
import { ActForm } from '../form/act-form.tsx';
import { CheckGroups } from '../form/fields.tsx';
import { refusalsBy, useRefusals } from '../form/use-refusals.ts';
import { PreviewCard } from './preview-card.tsx';

type Props = ActProps & { readonly item: Case };
type Asked = { readonly questions: Question[]; readonly previewed: Reason[]; readonly who: string };

const schema = z.object({ questions: z.array(z.enum(QUESTION_CODES)).min(1, 'required') });

/** Names who is asked before anything is sent. */
const Confirm = ({ item, asked, back, ...props }: Props & { readonly asked: Asked; readonly back: () => void }) => {
  const { t } = useTranslation();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const { who, ...words } = asked;
  return (
    <section aria-labelledby="confirm">
      <h3 id="confirm" tabIndex={-1} ref={heading}>
        {t('telling.ask.confirm', { who })}
      </h3>
      <PlainActForm
        procedure={client.work.askForMore}
        input={{ id: item.id, stateVersion: item.stateVersion, ...words }}
        submitLabel={t('telling.ask.send')}
        told={t('telling.ask.told', { who })}
        cancel={back}
        done={props.done}
        doneText={t('telling.ask.done')}
        overtaken={(why) => {
          void queryClient.invalidateQueries(trpc.work.previewRequest.pathFilter());
          props.overtaken(why);
          back();
        }}
      >
        <PreviewCard told={words.previewed} heading={t('telling.ask.exactly')} />
      </PlainActForm>
    </section>
  );
};

/** Choices only; the preview is the server's, word for word what will be asked. */
export const AskForm = (props: Props) => {
  const { t } = useTranslation();
  const text = useText();
  const refusals = useRefusals();
  const form = useForm<{ questions: Question[] }>({ defaultValues: { questions: [] } });
  const chosen = useWatch({ control: form.control, name: 'questions' });
  const questions = QUESTION_CODES.filter((code) => chosen.includes(code));
  const { id } = props.item;
  const preview = useQuery(
    trpc.work.previewRequest.queryOptions({ id, questions }, { placeholderData: keepPreviousData }),
  );
  const [asked, setAsked] = useState<Asked | null>(null);
  if (preview.error) return <Failed error={preview.error} retry={preview.refetch} />;
  if (!preview.data) return <Loading />;
  if (asked) return <Confirm {...props} asked={asked} back={() => setAsked(null)} />;
  const { told, recipient } = preview.data;
  return (
    <ActForm
      form={form}
      {...refusals}
      problem={null}
      pending={false}
      submitLabel={t('work.feedback.toConfirm')}
      told={t('telling.ask.notYet')}
      cancel={props.cancel}
      submit={() => {
        const found = refusalsBy(schema, { questions });
        refusals.refuse(found);
        if (found.length > 0 || preview.isPlaceholderData) return;
        setAsked({ questions, previewed: [...told], who: recipient ?? t('work.feedback.notifier') });
      }}
    >
      <CheckGroups
        path="questions"
        label={t('telling.ask.which')}
        groups={[
          {
            label: t('work.feedback.addHint'),
            options: QUESTIONS.map(({ code, label }) => ({ value: code, label: text(label) })),
          },
        ]}
      />
      <PreviewCard told={told} heading={t('work.feedback.preview')} />
    </ActForm>
  );
};

/** The notifier need not answer any more. */
export const WithdrawRequestForm = ({ item, ...props }: Props) => {
  const { t } = useTranslation();
  const requestId = item.requests.find(({ state }) => state === 'open')?.id ?? '';
  type Reasoned = { id: string; stateVersion: number; reason: string };
  const withdraw = {
    mutate: (input: Reasoned, options?: Parameters<typeof client.work.withdrawRequest.mutate>[1]) =>
      client.work.withdrawRequest.mutate({ ...input, requestId }, options),
  };
  return (
    <ReasonForm
      {...props}
      item={item}
      procedure={withdraw}
      label={t('telling.ask.why')}
      submitLabel={t('telling.ask.withdraw')}
    />
  );
};
