import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { instant, localDay } from '#domain/time.ts';
import { client, type Outputs, trpc } from '../api.ts';
import { Alert } from '../components/alert.tsx';
import { useDay } from '../components/language.ts';
import { ProblemAlert } from '../components/problem-alert.tsx';
import { useFormData, useNeedName } from '../form/form-data.ts';
import { useAges } from '../matrix/use-row-words.ts';
import { useNow } from '../session.tsx';
import { useAct } from '../use-act.ts';
import { PrecedentCard } from './precedent-card.tsx';
import { PrecedentForm } from './precedent-form.tsx';

type Answer = Outputs['precedents']['ofDispute'];
type Open = Extract<Answer, { view: 'open' }>;
type Ended = Extract<Answer, { view: 'ended' }>;

/** Why an earlier decision is shown: in what it is like this dispute. */
const Because = ({ like }: { readonly like: Open['closest'][number]['like'] }) => {
  const { t } = useTranslation();
  const what = [
    like.need ? t('precedents.same.need') : null,
    like.units.length > 0 ? t('precedents.same.units', { units: like.units.join(', ') }) : null,
    like.age ? t('precedents.same.age') : null,
    like.basis ? t('precedents.same.basis') : null,
  ].filter((part) => part !== null);
  return <p>{t('precedents.because', { what: what.join(', ') })}</p>;
};

const OfOpen = ({ open: { closest, row } }: { readonly open: Open }) => {
  const { t } = useTranslation();
  const nameOf = useNeedName();
  const ages = useAges();
  return (
    <>
      <section className="panel" aria-labelledby="matrix-row">
        <h2 id="matrix-row">{t('precedents.row')}</h2>
        {row ? (
          <p>
            <strong>{t('precedents.rowSays', { need: nameOf(row), ages: ages(row.ages), unit: row.unit.name })}</strong>{' '}
            {t('precedents.rowBasis', { basis: row.basis })}
          </p>
        ) : (
          <p>{t('precedents.rowNone')}</p>
        )}
        <Link to="/ansvarsmatrix">{t('precedents.toMatrix')}</Link>
      </section>
      <section aria-labelledby="like">
        <h2 id="like">{t('precedents.like')}</h2>
        {closest.length === 0 ? <p>{t('precedents.likeNone')}</p> : null}
        <div className="claims">
          {closest.map(({ precedent, like }) => (
            <PrecedentCard key={precedent.id} precedent={precedent}>
              <Because like={like} />
            </PrecedentCard>
          ))}
        </div>
        <p>
          <Link to="/afgoerelser">{t('precedents.likeAll')}</Link>
        </p>
      </section>
    </>
  );
};

type RowProps = {
  readonly told: NonNullable<Ended['told']>;
  readonly asRow: NonNullable<Ended['asRow']>;
};

/** One click: what was decided once, proposed for all who come after. */
const AsRow = ({ told, asRow }: RowProps) => {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const day = useDay();
  const from = localDay(instant(useNow())).add({ days: 1 }).toString();
  const { needText, need, ages, basis, outcome, id: precedent } = told;
  const { needs } = useFormData();
  const act = useAct(client.matrix.propose, {
    done: ({ id }) => navigate({ to: '/ansvarsmatrix/$changeId', params: { changeId: id } }),
  });
  if (asRow.proposed) {
    return (
      <p>
        {t('precedents.asRow.proposed')}{' '}
        <Link to="/ansvarsmatrix/$changeId" params={{ changeId: asRow.proposed }}>
          {t('precedents.asRow.see')}
        </Link>
      </p>
    );
  }
  const known = needs.find(({ id }) => id === need);
  const [da, en] = known
    ? [known.need, known.needEn ?? known.need]
    : [needText, needText].map((name) => name.slice(0, 120));
  const change = { what: 'matrix-row', need, da, en, ages, unit: asRow.unit.id, basis, from, precedent };
  const propose = { change: { ...change, source: t('precedents.asRow.source') }, note: t('precedents.asRow.note') };
  return (
    <section className="proposal" aria-labelledby="as-row">
      <h2 id="as-row">{t('precedents.asRow.heading')}</h2>
      <p>
        {t('precedents.asRow.explain', { need: needText, day: day(from), unit: asRow.unit.name, basis })}{' '}
        {asRow.unit.id === outcome.id ? null : t('precedents.asRow.area')}
      </p>
      <ProblemAlert problem={act.problem} />
      <p className="told">{t('precedents.asRow.told')}</p>
      <button type="button" className="button button-primary" onClick={() => act.run(propose)}>
        {act.pending ? t('common.sending') : t('precedents.asRow.act')}
      </button>
    </section>
  );
};

const OfEnded = ({ ended }: { readonly ended: Ended }) => {
  const { t } = useTranslation();
  const [writing, setWriting] = useState(false);
  const [saved, setSaved] = useState(false);
  const { told, begin, asRow } = ended;
  if (!told && !begin) return null;
  return (
    <section aria-labelledby="summary">
      <h2 id="summary">{t('precedents.summary')}</h2>
      {saved ? (
        <Alert tone="success" live>
          <p>{t('precedents.form.done')}</p>
        </Alert>
      ) : null}
      {writing ? (
        <PrecedentForm
          ended={ended}
          cancel={() => setWriting(false)}
          done={() => {
            setWriting(false);
            setSaved(true);
          }}
        />
      ) : (
        <>
          {told ? <PrecedentCard precedent={told} /> : <p>{t('precedents.begin')}</p>}
          {begin ? (
            <p className="d-print-none">
              <button
                type="button"
                className={`button ${told ? 'button-secondary' : 'button-primary'}`}
                onClick={() => setWriting(true)}
              >
                {t(told ? 'precedents.mendAct' : 'precedents.beginAct')}
              </button>
            </p>
          ) : null}
          {told && asRow ? <AsRow told={told} asRow={asRow} /> : null}
        </>
      )}
    </section>
  );
};

/** What earlier decisions and the matrix say of a dispute; of one that has ended, what it says to later ones. */
export const Precedents = ({ referralId }: { readonly referralId: string }) => {
  const { data } = useQuery(trpc.precedents.ofDispute.queryOptions({ id: referralId }, { retry: false }));
  if (!data) return null;
  return data.view === 'open' ? <OfOpen open={data} /> : <OfEnded ended={data} />;
};
