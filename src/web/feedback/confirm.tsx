import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Reason } from '#domain/errors.ts';
import type { FeedbackChoice } from '#domain/feedback-policy.ts';
import type { FeedbackChannel } from '#domain/feedback-record.ts';
import { PlainActForm } from '../acts/plain-act-form.tsx';
import type { ActProps } from '../acts/use-case-act.ts';
import { type Case, client, queryClient, trpc } from '../api.ts';
import { PreviewCard } from './preview-card.tsx';

/** What was chosen and seen; `material` is the internal reason, which the notifier is not told. */
export type Feedback = {
  readonly material: string | null;
  readonly choices: FeedbackChoice[];
  readonly channel: FeedbackChannel;
  readonly previewed: Reason[];
  readonly recipient: string | null;
};

type Props = Omit<ActProps, 'told'> & {
  readonly item: Case;
  readonly feedback: Feedback;
  readonly back: () => void;
};

/** Names the recipient before anything is disclosed. */
export const Confirm = ({ item, feedback, back, ...props }: Props) => {
  const { t } = useTranslation();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const { recipient, ...given } = feedback;
  const who = recipient ?? item.notification?.notifier.name ?? t('work.feedback.notifier');
  return (
    <section className="act-chosen" aria-labelledby="confirm">
      <h2 id="confirm" tabIndex={-1} ref={heading}>
        {t('work.feedback.confirm', { who })}
      </h2>
      <PlainActForm
        procedure={client.work.giveFeedback}
        input={{ id: item.id, stateVersion: item.stateVersion, ...given }}
        submitLabel={t('work.feedback.send')}
        told={t(`work.feedback.told.${given.channel}`, { who })}
        cancel={back}
        done={props.done}
        doneText={t('work.feedback.done')}
        overtaken={(why) => {
          void queryClient.invalidateQueries(trpc.work.previewFeedback.pathFilter());
          props.overtaken(why);
          back();
        }}
      >
        <PreviewCard told={given.previewed} heading={t('work.feedback.exactly')} />
      </PlainActForm>
    </section>
  );
};
