import { useTranslation } from 'react-i18next';
import type { Matter } from '../api.ts';
import { useWhen } from '../components/language.ts';

type Dispute = NonNullable<Matter['dispute']>;
type Props = { readonly matter: Matter; readonly party: Dispute['parties'][number] };

const SAYS: ReadonlySet<string> = new Set([
  'dispute-raised',
  'dispute-claimed',
  'handover-declined',
  'handover-proposed',
]);

/** What one unit says, with the words in which it said so last. */
const Claim = ({ matter, party }: Props) => {
  const { t } = useTranslation();
  const when = useWhen();
  const said = matter.said.findLast(({ kind, unit, text }) => SAYS.has(kind) && unit?.id === party.unit.id && text);
  const agreed = matter.dispute?.proposal?.agreed.includes(party.unit.id);
  return (
    <article className="claim" aria-labelledby={`claim-${party.unit.id}`}>
      <h3 id={`claim-${party.unit.id}`}>{party.unit.name}</h3>
      <p className="claim-says">
        {party.claim === null
          ? t('matter.claim.silent')
          : party.claim === 'mine'
            ? t('matter.claim.mine')
            : party.whose
              ? t('matter.claim.anothers', { unit: party.whose.name })
              : t('matter.claim.notMine')}
      </p>
      <dl className="facts facts-stacked">
        <div>
          <dt>{t('matter.basis')}</dt>
          <dd>{party.basis ?? t('matter.claim.noBasis')}</dd>
        </div>
        <div>
          <dt>{t('matter.claim.why')}</dt>
          <dd>
            {said ? (
              <>
                <span className="as-written">{said.text}</span>
                <span className="line muted">
                  {said.actor}, {when(said.at)}
                </span>
              </>
            ) : (
              t('matter.claim.noReason')
            )}
          </dd>
        </div>
        {said?.shows ? (
          <div>
            <dt>{t('disputes.shows')}</dt>
            <dd className="as-written">{said.shows}</dd>
          </div>
        ) : null}
      </dl>
      {matter.dispute?.proposal ? (
        <p className="muted">{t(agreed ? 'matter.agree.has' : 'matter.agree.hasNot')}</p>
      ) : null}
    </article>
  );
};

/** Every party next to the others; below each other where there is no room. */
export const Claims = ({ matter, dispute }: { readonly matter: Matter; readonly dispute: Dispute }) => {
  const { t } = useTranslation();
  return (
    <section aria-labelledby="claims">
      <h2 id="claims">{t(dispute.kind === 'dispute' ? 'matter.claims' : 'matter.silentUnit')}</h2>
      <div className="claims">
        {dispute.parties.map((party) => (
          <Claim key={party.unit.id} matter={matter} party={party} />
        ))}
      </div>
    </section>
  );
};
