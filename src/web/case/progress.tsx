import { useTranslation } from 'react-i18next';
import { OUTCOMES } from '#domain/outcomes.ts';
import type { Case, Measure } from '../api.ts';
import { Badge } from '../components/badge.tsx';
import { useText, useWhen } from '../components/language.ts';

const MeasureLine = ({ measure }: { readonly measure: Measure }) => {
  const { t } = useTranslation();
  const text = useText();
  const when = useWhen();
  const { plannedMonths, startedAt, endedAt, followUps } = measure;
  return (
    <li>
      <strong>{text(measure.name)}</strong>{' '}
      <Badge {...(endedAt ? {} : { tone: 'success' as const })}>
        {t(endedAt ? 'work.measure.ended' : 'work.measure.running')}
      </Badge>
      <p className="muted">
        {t('work.measure.from', { when: when(startedAt, 'day') })}
        {endedAt ? ` ${t('work.measure.to', { when: when(endedAt, 'day') })}` : null}.{' '}
        {plannedMonths ? t('work.measure.planned', { count: plannedMonths }) : t('work.measure.unplanned')}{' '}
        {t('work.measure.followUps', { count: followUps })}
      </p>
    </li>
  );
};

const FeedbackLine = ({ feedback }: { readonly feedback: Case['feedbacks'][number] }) => {
  const { t } = useTranslation();
  const when = useWhen();
  const { state, channel, givenAt, givenBy, deliveredAt } = feedback;
  const by = t('work.feedback.by', { who: givenBy, when: when(givenAt, 'full') });
  return (
    <li>
      <strong>{t(`work.feedback.states.${state}`)}</strong>
      <p className="muted">
        {by}. {state === 'given' || state === 'delivered' ? t(`work.feedback.channels.${channel}`) : null}
        {deliveredAt ? `. ${t('work.feedback.arrived', { when: when(deliveredAt) })}` : null}
      </p>
    </li>
  );
};

/** How far the case has come: the decision, the measures, what the notifier was told. Nothing before there is any. */
export const Progress = ({ item }: { readonly item: Case }) => {
  const { t } = useTranslation();
  const text = useText();
  const { decision, examination, measures, feedbacks } = item;
  const outcome = OUTCOMES.find(({ code }) => code === decision);
  if (!outcome && measures.length === 0 && feedbacks.length === 0) return null;
  return (
    <section className="panel" aria-labelledby="progress">
      <h2 id="progress">{t('work.progress.heading')}</h2>
      {outcome ? (
        <dl className="facts facts-stacked">
          <div>
            <dt>{t('work.progress.decision')}</dt>
            <dd>{text(outcome)}</dd>
          </div>
          {examination ? (
            <div>
              <dt>{t('work.progress.running')}</dt>
              <dd>{t(`work.progress.${examination}`)}</dd>
            </div>
          ) : null}
        </dl>
      ) : null}
      {measures.length > 0 ? <h3>{t('work.progress.measures')}</h3> : null}
      <ul className="nobullet-list progress-list">
        {measures.map((measure) => (
          <MeasureLine key={measure.id} measure={measure} />
        ))}
      </ul>
      {feedbacks.length > 0 ? <h3>{t('work.progress.feedback')}</h3> : null}
      <ul className="nobullet-list progress-list">
        {feedbacks.map((feedback) => (
          <FeedbackLine key={feedback.id} feedback={feedback} />
        ))}
      </ul>
    </section>
  );
};
