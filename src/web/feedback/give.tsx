import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useForm, useWatch } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { FEEDBACK_CHOICES, type FeedbackChoice } from '#domain/feedback-policy.ts';
import { FEEDBACK_CHANNELS, type FeedbackChannel } from '#domain/feedback-record.ts';
import { reason } from '../acts/form-schemas.ts';
import type { ActProps } from '../acts/use-case-act.ts';
import { type Case, trpc } from '../api.ts';
import { useText } from '../components/language.ts';
import { Failed, Loading } from '../components/problem-alert.tsx';
import { ActForm } from '../form/act-form.tsx';
import { CheckGroups, RadioField, TextArea, Tick } from '../form/fields.tsx';
import { refusalsBy, useRefusals } from '../form/use-refusals.ts';
import { Confirm, type Feedback } from './confirm.tsx';
import { PreviewCard } from './preview-card.tsx';

type Values = { matters: boolean; material: string; choices: FeedbackChoice[]; channel: FeedbackChannel };
type Props = Omit<ActProps, 'told'> & { readonly item: Case };

const schema = z.object({ material: reason });

const useChosen = (control: ReturnType<typeof useForm<Values>>['control']) => {
  const material = useWatch({ control, name: 'matters' });
  const choices = useWatch({ control, name: 'choices' });
  return { material, choices: FEEDBACK_CHOICES.map(({ code }) => code).filter((code) => choices.includes(code)) };
};

/** Choices and templates only; the preview is the server's, word for word what will be told. */
export const GiveFeedback = ({ item, ...props }: Props) => {
  const { t } = useTranslation();
  const text = useText();
  const refusals = useRefusals();
  const form = useForm<Values>({ defaultValues: { matters: false, material: '', choices: [], channel: 'site' } });
  const chosen = useChosen(form.control);
  const preview = useQuery(
    trpc.work.previewFeedback.queryOptions({ id: item.id, ...chosen }, { placeholderData: keepPreviousData }),
  );
  const [confirming, setConfirming] = useState<Feedback | null>(null);
  if (preview.error) return <Failed error={preview.error} retry={preview.refetch} />;
  if (!preview.data) return <Loading />;
  const { tier, told, needsReason } = preview.data;
  if (confirming) return <Confirm {...props} item={item} feedback={confirming} back={() => setConfirming(null)} />;
  const measures = item.measures.length > 0;
  return (
    <ActForm
      form={form}
      {...refusals}
      problem={null}
      pending={false}
      submitLabel={t('work.feedback.toConfirm')}
      told={t('work.feedback.toConfirmTold')}
      submit={({ material, channel }) => {
        const found = needsReason ? refusalsBy(schema, { material }) : [];
        refusals.refuse(found);
        if (found.length > 0 || preview.isPlaceholderData) return;
        const { recipient } = preview.data;
        const why = needsReason ? material : null;
        setConfirming({ material: why, choices: chosen.choices, channel, previewed: [...told], recipient });
      }}
    >
      <section aria-labelledby="may">
        <h2 id="may">{t('work.feedback.may')}</h2>
        <p>{t(`work.feedback.tiers.tier${tier ?? 0}`)}</p>
      </section>
      {measures ? (
        <>
          <Tick path="matters" label={t('work.feedback.matters')} hint={t('work.feedback.mattersHint')} />
          {chosen.material ? (
            <TextArea path="material" label={t('work.feedback.material')} hint={t('work.feedback.materialHint')} />
          ) : null}
        </>
      ) : null}
      <CheckGroups
        path="choices"
        label={t('work.feedback.add')}
        groups={[
          {
            label: t('work.feedback.addHint'),
            options: FEEDBACK_CHOICES.map(({ code, label }) => ({ value: code, label: text(label) })),
          },
        ]}
      />
      <RadioField
        path="channel"
        label={t('work.feedback.how')}
        options={FEEDBACK_CHANNELS.map((channel) => ({ value: channel, label: t(`work.feedback.by${channel}`) }))}
      />
      <PreviewCard told={told} heading={t('work.feedback.preview')} />
    </ActForm>
  );
};
