import { useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { type Days, SMALL } from '#domain/figures.ts';
import { type Outputs, trpc } from '../api.ts';
import { useWhen } from '../components/language.ts';
import { PageTitle } from '../components/page-title.tsx';
import { Failed, Loading } from '../components/problem-alert.tsx';
import { Hours } from '../figures/hours.tsx';
import { useCount, useHours } from '../figures/numbers.tsx';
import { OpenNow } from '../figures/open-now.tsx';
import { Pairs } from '../figures/pairs.tsx';
import { Periods } from '../figures/periods.tsx';

type Given = Outputs['figures']['read'];

const Ended = ({ rows }: { readonly rows: Given['ended'] }) => {
  const { t } = useTranslation();
  const [count, hours] = [useCount(), useHours()];
  return (
    <section>
      <h2>{t('figures.ended.heading')}</h2>
      {rows.length === 0 ? (
        <p className="empty">{t('figures.ended.none')}</p>
      ) : (
        <table className="table figure-table">
          <thead>
            <tr>
              <th scope="col">{t('figures.ended.what')}</th>
              <th scope="col" className="number">
                {t('figures.ended.count')}
              </th>
              <th scope="col" className="number">
                {t('figures.ended.median')}
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={`${row.kind} ${row.step}`}>
                <th scope="row">
                  {t(`figures.ended.kind.${row.kind === 'dispute' ? 'dispute' : 'escalation'}`)},{' '}
                  {t('matter.ladder.step', { step: row.step })}
                </th>
                <td className="number">{count(row.count)}</td>
                <td className="number">{row.medianHours === null ? count(null) : hours(row.medianHours)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
};

const Figures = ({ given, days }: { readonly given: Given; readonly days: Days }) => {
  const { t } = useTranslation();
  const [hours, when] = [useHours(), useWhen()];
  const period = { days, opens: given.opensCases };
  return (
    <>
      {given.open.map((open) => (
        <OpenNow key={open.kind} {...open} />
      ))}
      <p className="muted">
        {t('figures.period.span', { from: when(given.from, 'day'), until: when(given.until, 'day') })}
      </p>
      <h2>{t('figures.ownerless.heading')}</h2>
      <p className="big-number">{hours(given.ownerlessHours)}</p>
      <p>{t('figures.ownerless.text')}</p>
      <h2>{t('figures.hours.heading')}</h2>
      <Hours figure="unacknowledged" given={given.unacknowledged} {...period} />
      <Hours figure="provisional" given={given.provisional} {...period} />
      <h2>{t('figures.pairs.heading')}</h2>
      <Pairs figure="moved" given={given.moved} {...period} />
      <Pairs figure="asked" given={given.asked} {...period} />
      <Ended rows={given.ended} />
      <p className="muted">{t('figures.fewNote', { count: SMALL })}</p>
    </>
  );
};

/** *Tal om ansvar*: what is open, how long it waits, and what is sent back and forth. */
export const FiguresPage = () => {
  const { t } = useTranslation();
  const { dage: days = 90 } = useSearch({ from: '/gate/uenigheder/tal' });
  const given = useQuery(trpc.figures.read.queryOptions({ days }));
  return (
    <>
      <PageTitle title={t('figures.title')} />
      <p className="lead">{t('figures.lead')}</p>
      <p>
        <Link to="/uenigheder">{t('figures.toBoard')}</Link>
        <span className="line">
          <Link to="/uenigheder/tal/afsendere">{t('sending.figures.link')}</Link>
        </span>
      </p>
      <Periods to="/uenigheder/tal" days={days} />
      {given.error && !given.data ? <Failed error={given.error} retry={given.refetch} /> : null}
      {given.isPending ? <Loading /> : null}
      {given.data ? <Figures given={given.data} days={days} /> : null}
    </>
  );
};
