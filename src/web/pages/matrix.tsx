import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { MatrixChange } from '#domain/matrix-change.ts';
import { type Outputs, trpc } from '../api.ts';
import { Badge } from '../components/badge.tsx';
import { useWhen } from '../components/language.ts';
import { type Column, ListTable } from '../components/list-table.tsx';
import { PageTitle } from '../components/page-title.tsx';
import { Failed, Loading } from '../components/problem-alert.tsx';
import { useNeedName } from '../form/form-data.ts';
import { ProposeRow } from '../matrix/propose-row.tsx';
import { useAges, useValidity } from '../matrix/use-row-words.ts';
import { useSession } from '../session.tsx';
import { SetupHead } from '../setup/tabs.tsx';
import { useMatrixWords } from '../setup/use-change-words.ts';

type Matrix = Outputs['matrix']['rows'];
/** A need may have several rows, one after the other. */
type Line = { readonly row: Matrix['rows'][number]; readonly id: string };

const TONES = { planned: 'warning', 'in-force': 'success', ended: 'info' } as const;

const Rows = ({ rows }: Pick<Matrix, 'rows'>) => {
  const { t } = useTranslation();
  const nameOf = useNeedName();
  const ages = useAges();
  const validity = useValidity();
  const columns: Column<Line>[] = [
    {
      key: 'need',
      header: t('matrix.columns.need'),
      cell: ({ row }) => (
        <>
          <strong>{nameOf(row)}</strong>
          <span className="line muted">{ages(row.ages)}</span>
        </>
      ),
    },
    {
      key: 'unit',
      header: t('matrix.columns.unit'),
      cell: ({ row: { unit, unitClosed, state } }) => (
        <>
          {unit.name}
          {unitClosed && state !== 'ended' ? (
            <>
              {' '}
              <Badge tone="error">{t('matrix.unitClosed')}</Badge>
              <span className="line">{t('matrix.unitClosedWhy')}</span>
            </>
          ) : null}
        </>
      ),
    },
    {
      key: 'dates',
      header: t('matrix.columns.dates'),
      cell: ({ row }) => (
        <>
          <Badge tone={TONES[row.state]}>{t(`matrix.states.${row.state}`)}</Badge>
          <span className="line">{validity(row.validity)}</span>
        </>
      ),
    },
    {
      key: 'basis',
      header: t('matrix.columns.basis'),
      labelled: true,
      cell: ({ row: { basis, change, precedent } }) => (
        <>
          {basis}
          <span className="line muted">
            {t(change === null ? 'matrix.fromFile' : precedent ? 'matrix.fromPrecedent' : 'matrix.decidedHere')}
          </span>
        </>
      ),
    },
  ];
  const lines = rows.map((row): Line => ({ row, id: `${row.id} ${row.validity.from}` }));
  return <ListTable items={lines} columns={columns} caption={t('matrix.rows')} />;
};

const Waiting = () => {
  const { t } = useTranslation();
  const when = useWhen();
  const words = useMatrixWords();
  const { data } = useQuery(trpc.matrix.changes.queryOptions());
  const open = data?.filter(({ state }) => state === 'proposed') ?? [];
  return (
    <section aria-labelledby="waiting">
      <h2 id="waiting">{t('matrix.waiting')}</h2>
      {open.length === 0 ? <p className="empty">{t('matrix.noneWaiting')}</p> : null}
      <ul className="nobullet-list no-max-width">
        {open.map(({ id, change, proposedBy, proposedAt }) => (
          <li key={id}>
            <Link to="/ansvarsmatrix/$changeId" params={{ changeId: id }}>
              {words(change as MatrixChange)}
            </Link>
            <span className="line muted">
              {proposedBy.title}, {when(proposedAt)}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
};

/** *Ansvarsmatrix*: whose a need is, since when and by which law; two people change it. */
export const MatrixPage = () => {
  const { t } = useTranslation();
  const { can } = useSession();
  const { data, error, isPending, refetch } = useQuery(trpc.matrix.rows.queryOptions());
  return (
    <>
      {can.setup ? (
        <SetupHead part="matrix" />
      ) : (
        <>
          <PageTitle title={t('matrix.title')} />
          <p className="lead">{t('matrix.lead')}</p>
        </>
      )}
      {error ? <Failed error={error} retry={refetch} /> : null}
      {isPending ? <Loading /> : null}
      {data ? (
        <>
          <h2>{t('matrix.rows')}</h2>
          <Rows rows={data.rows} />
          {data.mayChange ? <Waiting /> : null}
          {data.mayChange ? <ProposeRow matrix={data} /> : null}
        </>
      ) : null}
    </>
  );
};
