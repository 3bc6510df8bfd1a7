import { useQuery } from '@tanstack/react-query';
import { Link, Navigate, useParams, useSearch } from '@tanstack/react-router';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ActsPanel } from '../acts/acts-panel.tsx';
import { type Case, queryClient, trpc } from '../api.ts';
import { AccessLink } from '../case/access-link.tsx';
import { Barred } from '../case/barred.tsx';
import { Child } from '../case/child.tsx';
import { Clocks } from '../case/clocks.tsx';
import { Family } from '../case/family.tsx';
import { Files } from '../case/files.tsx';
import { Next } from '../case/next.tsx';
import { Notification } from '../case/notification.tsx';
import { OpenMatter } from '../case/open-matter.tsx';
import { OwnerCard } from '../case/owner-card.tsx';
import { OwnerThen } from '../case/owner-then.tsx';
import { Parents } from '../case/parents.tsx';
import { Progress } from '../case/progress.tsx';
import { Reassessment } from '../case/reassessment.tsx';
import { Restricted } from '../case/restricted.tsx';
import { Routing } from '../case/routing.tsx';
import { Timeline } from '../case/timeline.tsx';
import { useEmergencyEnd } from '../case/use-emergency-end.ts';
import { useNews } from '../case/use-news.ts';
import { WhoLooked } from '../case/who-looked.tsx';
import { Alert } from '../components/alert.tsx';
import { Badge } from '../components/badge.tsx';
import { CallAlert } from '../components/call-alert.tsx';
import { useText, useWhen } from '../components/language.ts';
import { Overtaken, type OvertakenBy } from '../components/overtaken.tsx';
import { PageTitle } from '../components/page-title.tsx';
import { FailedPage, Loading } from '../components/problem-alert.tsx';
import { StatusBadge } from '../components/status-badge.tsx';
import { Requests } from '../feedback/requests.tsx';
import { useRefresh } from '../live.tsx';
import { problemOf } from '../problem.ts';

const Notices = ({ item, message, overtaken }: { item: Case; message: string | null; overtaken: OvertakenBy }) => {
  const { t } = useTranslation();
  const text = useText();
  const news = useNews(item);
  return (
    <div aria-live="polite">
      {news?.actor ? (
        <Alert tone="info">
          <p>{t('case.changed', { who: news.actor, what: text(news.name) })}</p>
        </Alert>
      ) : null}
      <Overtaken by={overtaken} />
      {message ? (
        <Alert tone="success">
          <p>{message}</p>
        </Alert>
      ) : null}
    </div>
  );
};

type ViewProps = {
  readonly item: Case;
  /** It has moved out of one's reach since it was read. */
  readonly lost: boolean;
};

const CaseView = ({ item, lost }: ViewProps) => {
  const { t } = useTranslation();
  const when = useWhen();
  const { handling } = useSearch({ from: '/gate/sag/$referralId' });
  const [message, setMessage] = useState<string | null>(null);
  const [overtaken, setOvertaken] = useState<OvertakenBy>(null);
  const done = (said: string) => {
    setMessage(said);
    setOvertaken(null);
  };
  const title = <PageTitle title={t('case.title', { number: item.caseNumber })} />;
  if (lost) {
    return (
      <>
        {title}
        <Alert tone={message ? 'success' : 'info'} live>
          <p>{message ?? t(item.emergencyUntil ? 'emergency.over' : 'case.lost')}</p>
        </Alert>
        {item.emergencyUntil ? null : (
          <p>
            <Link to="/uenighed/$referralId" params={{ referralId: item.id }}>
              {t('case.toOutcome')}
            </Link>
          </p>
        )}
        <Link to="/sagsliste">{t('case.toList')}</Link>
      </>
    );
  }
  return (
    <>
      {title}
      <p className="case-badges">
        <StatusBadge status={item.status} />
        {item.acute ? <Badge tone="error">{t('common.acute')}</Badge> : null}
        {item.restrictedTo ? <Badge tone="warning">{t('restrictions.badge')}</Badge> : null}
      </p>
      {item.emergencyUntil ? (
        <Alert tone="warning">
          <p>{t('emergency.until', { when: when(item.emergencyUntil, 'full') })}</p>
        </Alert>
      ) : null}
      <Notices item={item} message={message} overtaken={overtaken} />
      <CallAlert call={item.call} />
      <OwnerCard card={item.owner} />
      {item.emergencyUntil ? null : <OwnerThen item={item} />}
      <WhoLooked item={item} />
      <AccessLink item={item} />
      {item.emergencyUntil ? null : <OpenMatter item={item} />}
      <Reassessment item={item} />
      <div className="case-columns">
        <div className="case-acts">
          <ActsPanel item={item} chosen={handling} done={done} overtaken={(why) => setOvertaken({ why })} />
        </div>
        <div className="case-side">
          <Child item={item} />
          <Family item={item} />
          <Barred barred={item.barred} />
          <Restricted restrictedTo={item.restrictedTo} />
          <Parents item={item} />
          <Requests item={item} />
          <Progress item={item} />
          <Clocks clocks={item.clocks} />
          <Next things={item.next} />
          <Routing routing={item.routing} />
        </div>
        <div className="case-rest">
          <Notification item={item} />
          {item.emergencyUntil ? null : <Files item={item} />}
          <Timeline events={item.timeline} />
        </div>
      </div>
    </>
  );
};

const isLost = (error: unknown): boolean => error !== null && problemOf(error).code === 'NOT_FOUND';

/**
 * Every mail about a case leads to its page. Who is only asked to take it, or has a say in a dispute, may not see the
 * case but what is asked of them.
 */
const Elsewhere = ({ referralId, missing }: { readonly referralId: string; readonly missing: ReactNode }) => {
  const matter = useQuery(trpc.disputes.get.queryOptions({ id: referralId }));
  if (matter.data) return <Navigate to="/uenighed/$referralId" params={{ referralId }} replace />;
  return matter.error ? missing : <Loading />;
};

/** What was lost is forgotten with its page: whoever comes back asks anew, because it may be theirs again. */
const useForgetLost = (id: string): void => {
  useEffect(
    () => () => {
      const { queryKey } = trpc.referrals.get.queryOptions({ id });
      if (isLost(queryClient.getQueryState(queryKey)?.error ?? null)) queryClient.removeQueries({ queryKey });
    },
    [id],
  );
};

/** *Sag*: opening it is recorded as a reading of the child's data. */
export const CasePage = () => {
  const { referralId } = useParams({ from: '/gate/sag/$referralId' });
  const refetchInterval = useRefresh();
  useForgetLost(referralId);
  const item = useQuery(
    trpc.referrals.get.queryOptions(
      { id: referralId },
      { refetchInterval, enabled: ({ state }) => !isLost(state.error) },
    ),
  );
  useEmergencyEnd(isLost(item.error) ? null : item.data?.emergencyUntil, item.refetch);
  if (item.data) return <CaseView key={item.data.id} item={item.data} lost={isLost(item.error)} />;
  if (!item.error) return <Loading />;
  const missing = <FailedPage error={item.error} retry={item.refetch} />;
  return isLost(item.error) ? <Elsewhere referralId={referralId} missing={missing} /> : missing;
};
