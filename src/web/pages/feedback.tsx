import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Reason } from '#domain/errors.ts';
import { type Case, trpc } from '../api.ts';
import { Alert } from '../components/alert.tsx';
import { Overtaken, type OvertakenBy } from '../components/overtaken.tsx';
import { PageTitle } from '../components/page-title.tsx';
import { FailedPage, Loading } from '../components/problem-alert.tsx';
import { GiveFeedback } from '../feedback/give.tsx';
import { ApproveForm, LiftForm, RefuseForm, WithholdForm } from '../feedback/withhold.tsx';
import type { FeedbackForm } from '../searches.ts';

const FORMS = { withhold: WithholdForm, approve: ApproveForm, refuse: RefuseForm, lift: LiftForm } as const;
const ACTS = {
  withhold: 'withhold-feedback',
  approve: 'approve-withholding',
  refuse: 'refuse-withholding',
  lift: 'lift-withholding',
} as const;

const ANSWERED_HERE = ['give-feedback', 'approve-withholding', 'lift-withholding'] as const;

/** What a form is called, and what follows from it. */
const useLabel = () => {
  const { t } = useTranslation();
  return (form: FeedbackForm) =>
    form === 'lift'
      ? { name: t('telling.lift.lift'), told: t('telling.lift.liftTold') }
      : { name: t(`work.withhold.${form}`), told: t(`work.withhold.${form}Told`) };
};

const Choices = ({ item }: { readonly item: Case }) => {
  const { t } = useTranslation();
  const label = useLabel();
  const offered = (['approve', 'refuse', 'lift', 'withhold'] as const).filter((form) => item.acts.includes(ACTS[form]));
  if (offered.length === 0) return null;
  const withheld = item.feedbacks.some(({ state }) => state === 'withheld');
  const asked = item.feedbacks.some(({ state }) => state === 'awaiting-approval');
  const lead = asked ? 'work.withhold.asked' : withheld ? 'telling.lift.lead' : 'work.withhold.lead';
  return (
    <section className="acts" aria-labelledby="withholding">
      <h2 id="withholding">{t(withheld && !asked ? 'telling.lift.heading' : 'work.withhold.heading')}</h2>
      <p>{t(lead)}</p>
      <ul className="nobullet-list no-max-width">
        {offered.map((form) => (
          <li key={form}>
            <Link
              from="/sag/$referralId/orientering"
              search={{ handling: form }}
              replace
              className="button button-secondary"
            >
              {label(form).name}
            </Link>
            <p className="act-told">{label(form).told}</p>
          </li>
        ))}
      </ul>
    </section>
  );
};

const Chosen = ({ item, children }: { readonly item: Case; readonly children: ReactNode }) => {
  const { t } = useTranslation();
  return (
    <>
      <p>
        <Link to="/sag/$referralId" params={{ referralId: item.id }}>
          {t('work.feedback.back', { number: item.caseNumber })}
        </Link>
      </p>
      {children}
    </>
  );
};

const Body = ({ item }: { readonly item: Case }) => {
  const { t } = useTranslation();
  const label = useLabel();
  const navigate = useNavigate({ from: '/sag/$referralId/orientering' });
  const { handling } = useSearch({ from: '/gate/sag/$referralId/orientering' });
  const [message, setMessage] = useState<string | null>(null);
  const [overtaken, setOvertaken] = useState<OvertakenBy>(null);
  const close = () => void navigate({ search: {}, replace: true });
  const done = (said: string) => {
    setMessage(said);
    setOvertaken(null);
    close();
  };
  const props = { item, done, overtaken: (why: Reason | null) => setOvertaken({ why }), cancel: close };
  const Form = handling && item.acts.includes(ACTS[handling]) ? FORMS[handling] : null;
  if (message) {
    return (
      <Alert tone="success" live>
        <p>{message}</p>
      </Alert>
    );
  }
  const nothing = !ANSWERED_HERE.some((act) => item.acts.includes(act));
  return (
    <>
      <Overtaken by={overtaken} live />
      {nothing ? <p>{t('work.feedback.nothing')}</p> : null}
      {Form && handling ? (
        <section className="act-chosen" aria-labelledby="chosen">
          <h2 id="chosen">{label(handling).name}</h2>
          <Form {...props} told={label(handling).told} />
        </section>
      ) : (
        <>
          {item.acts.includes('give-feedback') ? <GiveFeedback {...props} /> : null}
          <Choices item={item} />
        </>
      )}
    </>
  );
};

/** *Orientering*: what the notifier may be told, why, in which words, and to whom it goes. */
export const FeedbackPage = () => {
  const { t } = useTranslation();
  const { referralId } = useParams({ from: '/gate/sag/$referralId/orientering' });
  const item = useQuery(trpc.referrals.get.queryOptions({ id: referralId }));
  if (item.error && !item.data) return <FailedPage error={item.error} retry={item.refetch} />;
  if (!item.data) return <Loading />;
  return (
    <div className="narrow">
      <PageTitle title={t('work.feedback.title', { number: item.data.caseNumber })} />
      <Chosen item={item.data}>
        <Body item={item.data} />
      </Chosen>
    </div>
  );
};
