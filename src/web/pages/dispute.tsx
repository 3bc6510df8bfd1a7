import { useQuery } from '@tanstack/react-query';
import { Link, useParams, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Matter, trpc } from '../api.ts';
import { OwnerCard } from '../case/owner-card.tsx';
import { Alert } from '../components/alert.tsx';
import { Badge } from '../components/badge.tsx';
import { DueWords } from '../components/due-words.tsx';
import { useWhen } from '../components/language.ts';
import { Overtaken, type OvertakenBy } from '../components/overtaken.tsx';
import { PageTitle } from '../components/page-title.tsx';
import { Failed, Loading } from '../components/problem-alert.tsx';
import { MatterActs } from '../dispute/acts.tsx';
import { Claims } from '../dispute/claims.tsx';
import { Ladder } from '../dispute/ladder.tsx';
import { Proposal } from '../dispute/proposal.tsx';
import { Said } from '../dispute/said.tsx';
import { useRefresh } from '../live.tsx';
import { problemOf } from '../problem.ts';

const Handover = ({ matter }: { readonly matter: Matter }) => {
  const { t } = useTranslation();
  const when = useWhen();
  const { handover, owner } = matter;
  if (!handover) return null;
  const { from, to, proposedAt, state } = handover;
  const due = owner.next?.kind === 'handover' ? owner.next.dueAt : null;
  return (
    <section className="panel" aria-labelledby="handover">
      <h2 id="handover">{t('matter.handover.heading')}</h2>
      <p>
        {t(state === 'proposed' ? 'matter.handover.asked' : 'matter.handover.declined', {
          from: from.name,
          to: to.name,
          when: when(proposedAt, 'full'),
        })}
      </p>
      <p>{t('matter.handover.meanwhile', { unit: owner.unit.name })}</p>
      {due ? (
        <p>
          {t('matter.handover.answerBy', { when: when(due, 'full') })} <DueWords at={due} />
        </p>
      ) : null}
    </section>
  );
};

const titleKey = ({ dispute, handover }: Matter) =>
  dispute ? (`matter.title.${dispute.kind}` as const) : handover ? 'matter.title.handover' : 'matter.title.none';

type ViewProps = {
  readonly matter: Matter;
  /** It is no longer this person's to see. */
  readonly lost: boolean;
};

const View = ({ matter, lost }: ViewProps) => {
  const { t } = useTranslation();
  const { handling } = useSearch({ from: '/gate/uenighed/$referralId' });
  const [message, setMessage] = useState<string | null>(null);
  const [overtaken, setOvertaken] = useState<OvertakenBy>(null);
  const done = (said: string) => {
    setMessage(said);
    setOvertaken(null);
  };
  const { dispute } = matter;
  return (
    <>
      <PageTitle title={t(titleKey(matter), { number: matter.caseNumber })} />
      <div aria-live="polite">
        {message ? (
          <Alert tone="success">
            <p>{message}</p>
          </Alert>
        ) : null}
        {lost ? null : <Overtaken by={overtaken} />}
        {lost ? <p>{t('matter.lost')}</p> : null}
      </div>
      {lost ? (
        <Link to="/uenigheder">{t('matter.toBoard')}</Link>
      ) : (
        <>
          <p className="case-badges">
            {dispute ? <Badge tone="warning">{t('matter.ladder.step', { step: dispute.step })}</Badge> : null}
            {dispute?.acute ? <Badge tone="error">{t('common.acute')}</Badge> : null}
          </p>
          <OwnerCard card={matter.owner} />
          {dispute ? null : <Handover matter={matter} />}
          {!dispute && !matter.handover ? <p>{t('matter.nothingOpen')}</p> : null}
          <Proposal matter={matter} done={done} overtaken={(why) => setOvertaken({ why })} />
          {dispute ? <Claims matter={matter} dispute={dispute} /> : null}
          <MatterActs matter={matter} chosen={handling} done={done} overtaken={(why) => setOvertaken({ why })} />
          {dispute ? <Ladder dispute={dispute} /> : null}
          {dispute ? <Handover matter={matter} /> : null}
          <Said matter={matter} />
          {matter.readsCase ? (
            <p>
              <Link to="/sag/$referralId" params={{ referralId: matter.id }}>
                {t('matter.toCase')}
              </Link>
            </p>
          ) : null}
        </>
      )}
    </>
  );
};

const isLost = (error: unknown): boolean => error !== null && problemOf(error).code === 'NOT_FOUND';

/** Whose is it? Hand-over and dispute of one case, as far as its sides may see them. The reading is recorded. */
export const DisputePage = () => {
  const { referralId } = useParams({ from: '/gate/uenighed/$referralId' });
  const refetchInterval = useRefresh();
  const matter = useQuery(
    trpc.disputes.get.queryOptions(
      { id: referralId },
      { refetchInterval, enabled: ({ state }) => !isLost(state.error) },
    ),
  );
  if (matter.data) return <View key={matter.data.id} matter={matter.data} lost={isLost(matter.error)} />;
  return matter.error ? <Failed error={matter.error} retry={matter.refetch} /> : <Loading />;
};
