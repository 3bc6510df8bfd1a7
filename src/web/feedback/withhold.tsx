import { useTranslation } from 'react-i18next';
import { PlainActForm } from '../acts/plain-act-form.tsx';
import { ReasonForm } from '../acts/reason-form.tsx';
import type { ActProps } from '../acts/use-case-act.ts';
import { type Case, client } from '../api.ts';
import { useWhen } from '../components/language.ts';

type Props = ActProps & { readonly item: Case };

type Reasoned = { readonly id: string; readonly stateVersion: number; readonly reason: string };
type OfFeedback = (typeof client.work)['refuseWithholding' | 'liftWithholding'];

/** The act on one feedback of the case, as a form with a reason calls it. */
const ofFeedback = ({ mutate }: OfFeedback, feedbackId: string) => ({
  mutate: (input: Reasoned, options?: Parameters<OfFeedback['mutate']>[1]) => mutate({ ...input, feedbackId }, options),
});

/** What somebody wants withheld, and what they wrote about it. */
const useAwaiting = (item: Case) => {
  const awaiting = item.feedbacks.find(({ state }) => state === 'awaiting-approval');
  const said = item.timeline.find(({ kind }) => kind === 'withholding-proposed');
  return { id: awaiting?.id ?? '', by: awaiting?.givenBy ?? '', at: awaiting?.givenAt, text: said?.text ?? '' };
};

const Proposed = ({ item }: { readonly item: Case }) => {
  const { t } = useTranslation();
  const when = useWhen();
  const { by, at, text } = useAwaiting(item);
  return (
    <>
      <p>{t('work.withhold.proposedBy', { who: by, when: at ? when(at, 'full') : '' })}</p>
      <blockquote className="as-written">{text}</blockquote>
    </>
  );
};

export const WithholdForm = (props: Props) => {
  const { t } = useTranslation();
  return (
    <ReasonForm
      {...props}
      procedure={client.work.withholdFeedback}
      label={t('work.withhold.reason')}
      submitLabel={t('work.withhold.withhold')}
      done={() => props.done(t('work.withhold.withholdDone'))}
    />
  );
};

export const LiftForm = ({ item, ...props }: Props) => {
  const { t } = useTranslation();
  const standing = item.feedbacks.findLast(({ state }) => state === 'withheld' || state === 'awaiting-approval');
  return (
    <ReasonForm
      {...props}
      item={item}
      procedure={ofFeedback(client.work.liftWithholding, standing?.id ?? '')}
      label={t('telling.lift.reason')}
      submitLabel={t('telling.lift.submit')}
      done={() => props.done(t('telling.lift.done'))}
    />
  );
};

export const RefuseForm = (props: Props) => {
  const { t } = useTranslation();
  const { id } = useAwaiting(props.item);
  return (
    <>
      <Proposed item={props.item} />
      <ReasonForm
        {...props}
        procedure={ofFeedback(client.work.refuseWithholding, id)}
        label={t('work.withhold.refuseReason')}
        submitLabel={t('work.withhold.refuse')}
        done={() => props.done(t('work.withhold.refuseDone'))}
      />
    </>
  );
};

/** A second person: somebody else than the one who proposed it, which the server sees to. */
export const ApproveForm = ({ item, ...props }: Props) => {
  const { t } = useTranslation();
  const { id } = useAwaiting(item);
  return (
    <>
      <Proposed item={item} />
      <PlainActForm
        {...props}
        procedure={client.work.approveWithholding}
        input={{ id: item.id, stateVersion: item.stateVersion, feedbackId: id }}
        submitLabel={t('work.withhold.approve')}
        doneText={t('work.withhold.approveDone')}
      />
    </>
  );
};
