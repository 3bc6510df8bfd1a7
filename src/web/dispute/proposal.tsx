import { useTranslation } from 'react-i18next';
import { type ActProps, useCaseAct } from '../acts/use-case-act.ts';
import { client, type Matter } from '../api.ts';
import { ProblemAlert } from '../components/problem-alert.tsx';

type Props = Pick<ActProps, 'done' | 'overtaken'> & { readonly matter: Matter };

/** What is proposed, and one click to agree for whoever speaks for a party that has not. */
export const Proposal = ({ matter, done, overtaken }: Props) => {
  const { t } = useTranslation();
  const act = useCaseAct(client.disputes.agree, { overtaken, done: () => done(t('matter.agree.done')) });
  const { dispute } = matter;
  const proposal = dispute?.proposal;
  if (!dispute || !proposal) return null;
  const names = (ids: readonly string[]) =>
    dispute.parties
      .filter(({ unit }) => ids.includes(unit.id))
      .map(({ unit }) => unit.name)
      .join(', ');
  const waiting = dispute.parties.map(({ unit }) => unit.id).filter((id) => !proposal.agreed.includes(id));
  const mine = dispute.speaksFor.filter((id) => waiting.includes(id));
  return (
    <section className="proposal" aria-labelledby="proposal">
      <h2 id="proposal">{t('matter.agree.heading')}</h2>
      <p className="claim-says">{t('matter.agree.owner', { unit: proposal.owner.name })}</p>
      <p>
        {proposal.agreed.length > 0 ? t('matter.agree.agreed', { units: names(proposal.agreed) }) : null}{' '}
        {t('matter.agree.waiting', { units: names(waiting) })}
      </p>
      <ProblemAlert problem={act.shown} />
      {matter.acts.includes('agree') && mine.length > 0 ? (
        <>
          <p className="told">{t('matter.agree.told', { units: names(mine), unit: proposal.owner.name })}</p>
          <button
            type="button"
            className="button button-primary"
            onClick={() => act.run({ id: matter.id, stateVersion: matter.stateVersion, owner: proposal.owner.id })}
          >
            {act.pending ? t('common.sending') : t('matter.agree.submit')}
          </button>
        </>
      ) : null}
    </section>
  );
};
