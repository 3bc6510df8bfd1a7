import { useTranslation } from 'react-i18next';
import type { Matter } from '../api.ts';
import { useWhen } from '../components/language.ts';

const NAMED = ['BEKU', 'directors'] as const;

const useName = (): ((name: string) => string) => {
  const { t } = useTranslation();
  return (name) => {
    const known = NAMED.find((one) => one === name);
    return known ? t(`disputes.meeting.names.${known}`) : t('disputes.meeting.names.other', { name });
  };
};

type Dispute = NonNullable<Matter['dispute']>;

/** When the step's meeting is, what about, and what it came to. */
export const Meeting = ({ matter, dispute }: { readonly matter: Matter; readonly dispute: Dispute }) => {
  const { t } = useTranslation();
  const when = useWhen();
  const named = useName();
  const { meeting } = dispute;
  if (!meeting) return null;
  const { said } = matter;
  const written = (kind: string) => said.findLast((one) => one.kind === kind)?.text;
  const past = meeting.step < dispute.step;
  const last = dispute.ladder.at(-1)?.step === dispute.step;
  return (
    <section className="panel" aria-labelledby="meeting">
      <h2 id="meeting">{t('disputes.meeting.heading')}</h2>
      <p className="claim-says">
        {named(meeting.name)}, {when(meeting.at, 'full')}
      </p>
      {past ? (
        <p>{t('disputes.meeting.over', { step: meeting.step })}</p>
      ) : (
        <p>{last ? t('disputes.meeting.reminds') : t('disputes.meeting.bounds', { when: when(dispute.stepEndsAt) })}</p>
      )}
      <dl className="facts facts-stacked">
        <div>
          <dt>{t('disputes.meeting.agenda')}</dt>
          <dd className="as-written">{written('meeting-called')}</dd>
        </div>
        <div>
          <dt>{t('disputes.meeting.minutes')}</dt>
          <dd className="as-written">{meeting.held ? written('meeting-held') : t('disputes.meeting.noMinutes')}</dd>
        </div>
      </dl>
    </section>
  );
};
