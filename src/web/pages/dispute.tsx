import { useQuery } from '@tanstack/react-query';
import { Link, useParams, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ActProps } from '../acts/use-case-act.ts';
import { type Matter, type Outcome as OutcomeView, queryClient, trpc } from '../api.ts';
import { Next } from '../case/next.tsx';
import { OwnerCard } from '../case/owner-card.tsx';
import { Alert } from '../components/alert.tsx';
import { Badge } from '../components/badge.tsx';
import { DueWords } from '../components/due-words.tsx';
import { useWhen } from '../components/language.ts';
import { Overtaken, type OvertakenBy } from '../components/overtaken.tsx';
import { PageTitle } from '../components/page-title.tsx';
import { FailedPage, Loading } from '../components/problem-alert.tsx';
import { MatterActs } from '../dispute/acts.tsx';
import { Claims } from '../dispute/claims.tsx';
import { Dissent } from '../dispute/dissent.tsx';
import { Ladder } from '../dispute/ladder.tsx';
import { Meeting } from '../dispute/meeting.tsx';
import { HowItEnded, Outcome } from '../dispute/outcome.tsx';
import { Precedents } from '../dispute/precedents.tsx';
import { Proposal } from '../dispute/proposal.tsx';
import { Said } from '../dispute/said.tsx';
import { useRefresh } from '../live.tsx';
import { problemOf } from '../problem.ts';

const Handover = ({ matter }: { readonly matter: Matter }) => {
  const { t } = useTranslation();
  const when = useWhen();
  const { handover, owner } = matter;
  if (!handover) return null;
  const { from, to, proposedAt, state, dueAt: due } = handover;
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

const titleKey = (matter: Matter | OutcomeView) => {
  if (matter.view === 'outcome') return 'matter.title.outcome';
  const { dispute, handover } = matter;
  return dispute ? (`matter.title.${dispute.kind}` as const) : handover ? 'matter.title.handover' : 'matter.title.none';
};

type OpenProps = Pick<ActProps, 'done' | 'overtaken'> & { readonly matter: Matter };

const Open = ({ matter, done, overtaken }: OpenProps) => {
  const { t } = useTranslation();
  const { handling } = useSearch({ from: '/gate/uenighed/$referralId' });
  const { dispute, handover } = matter;
  const nothing = !dispute && !handover;
  const toCase = matter.readsCase ? (
    <p>
      <Link
        to="/sag/$referralId"
        params={{ referralId: matter.id }}
        className={nothing ? 'button button-primary' : undefined}
      >
        {t('matter.toCase')}
      </Link>
    </p>
  ) : null;
  return (
    <>
      <p className="case-badges">
        {dispute ? <Badge tone="warning">{t('matter.ladder.step', { step: dispute.step })}</Badge> : null}
        {dispute?.acute ? <Badge tone="error">{t('common.acute')}</Badge> : null}
      </p>
      <OwnerCard card={matter.owner} readsCase={matter.readsCase} />
      {dispute ? null : <Handover matter={matter} />}
      {nothing ? <p>{t('matter.nothingOpen')}</p> : null}
      {nothing ? toCase : null}
      {matter.ended ? (
        <section className="panel" aria-labelledby="ended">
          <h2 id="ended">{t('disputes.ended')}</h2>
          <HowItEnded outcome={matter.ended} />
        </section>
      ) : null}
      {matter.ended ? <Dissent outcome={matter.ended} done={done} overtaken={overtaken} /> : null}
      <Proposal matter={matter} done={done} overtaken={overtaken} />
      {dispute ? <Meeting matter={matter} dispute={dispute} /> : null}
      {dispute ? <Claims matter={matter} dispute={dispute} /> : null}
      {dispute && matter.readsCase ? <p>{t('disputes.clocks', { unit: matter.owner.unit.name })}</p> : null}
      {dispute?.kind === 'dispute' ? <Precedents referralId={matter.id} /> : null}
      {nothing ? null : <MatterActs matter={matter} chosen={handling} done={done} overtaken={overtaken} />}
      {dispute ? <Ladder dispute={dispute} /> : null}
      {dispute ? <Handover matter={matter} /> : null}
      {matter.next.length > 0 ? <Next things={matter.next} /> : null}
      {nothing ? <Precedents referralId={matter.id} /> : null}
      <Said matter={matter} />
      {nothing ? null : toCase}
    </>
  );
};

type ViewProps = {
  readonly matter: Matter | OutcomeView;
  /** It is no longer this person's to see. */
  readonly lost: boolean;
};

const View = ({ matter, lost }: ViewProps) => {
  const { t } = useTranslation();
  const [message, setMessage] = useState<{ readonly said: string; readonly view: string } | null>(null);
  const [overtaken, setOvertaken] = useState<OvertakenBy>(null);
  const done = (said: string) => {
    // As it stands after the act: what was said of an open matter is over once somebody else has ended it.
    const read = queryClient.getQueryData(trpc.disputes.get.queryKey({ id: matter.id }));
    setMessage({ said, view: read?.view ?? matter.view });
    setOvertaken(null);
  };
  return (
    <>
      <PageTitle title={t(titleKey(matter), { number: matter.caseNumber })} />
      <div aria-live="polite">
        {message?.view === matter.view ? (
          <Alert tone="success">
            <p>{message.said}</p>
          </Alert>
        ) : null}
        {lost ? null : <Overtaken by={overtaken} />}
        {lost ? <p>{t('matter.lost')}</p> : null}
      </div>
      {lost ? (
        <Link to="/uenigheder">{t('matter.toBoard')}</Link>
      ) : matter.view === 'outcome' ? (
        <>
          <Outcome outcome={matter} />
          <Dissent outcome={matter} done={done} overtaken={(why) => setOvertaken({ why })} />
          <Precedents referralId={matter.id} />
        </>
      ) : (
        <Open matter={matter} done={done} overtaken={(why) => setOvertaken({ why })} />
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
  return matter.error ? <FailedPage error={matter.error} retry={matter.refetch} /> : <Loading />;
};
