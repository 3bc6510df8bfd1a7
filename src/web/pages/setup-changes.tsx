import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { type Outputs, trpc } from '../api.ts';
import { Badge } from '../components/badge.tsx';
import { useText, useWhen } from '../components/language.ts';
import { type Column, ListTable } from '../components/list-table.tsx';
import { Failed, Loading } from '../components/problem-alert.tsx';
import { SetupHead } from '../setup/tabs.tsx';
import { useChangeWords } from '../setup/use-change-words.ts';

type Setup = Outputs['setup']['changes'];
type Change = Setup['changes'][number];
type Event = Setup['events'][number];

/** Where a change of another kind than law and calendar is shown. */
const PAGES = {
  matrix: '/ansvarsmatrix/$changeId',
  units: '/opsaetning/enheder/$changeId',
  people: '/opsaetning/medarbejdere/$changeId',
} as const;
const pageOf = (kind: string) =>
  kind in PAGES ? PAGES[kind as keyof typeof PAGES] : '/opsaetning/aendringer/$changeId';
const TONES = { proposed: 'warning', confirmed: 'success', rejected: 'error', withdrawn: 'info' } as const;

const Changes = ({ items, caption }: { readonly items: readonly Change[]; readonly caption: string }) => {
  const { t } = useTranslation();
  const when = useWhen();
  const words = useChangeWords();
  const columns: Column<Change>[] = [
    {
      key: 'what',
      header: t('setup.changes.what'),
      cell: ({ id, kind, change, note }) => (
        <>
          <Link to={pageOf(kind)} params={{ changeId: id }} className="row-link">
            {words(change)}
          </Link>
          <span className="line muted">{note}</span>
        </>
      ),
    },
    {
      key: 'by',
      header: t('setup.changes.by'),
      cell: ({ proposedBy, proposedAt }) => (
        <>
          {proposedBy.title}
          <span className="line muted">{when(proposedAt)}</span>
        </>
      ),
    },
    {
      key: 'state',
      header: t('setup.changes.state'),
      cell: ({ state, decidedBy, decidedAt, decision }) => (
        <>
          <Badge tone={TONES[state]}>{t(`setup.changes.states.${state}`)}</Badge>
          {decidedBy && decidedAt ? (
            <span className="line muted">
              {decidedBy.title}, {when(decidedAt)}
            </span>
          ) : null}
          {decision ? <span className="line">{decision}</span> : null}
        </>
      ),
    },
  ];
  return <ListTable items={items} columns={columns} caption={caption} />;
};

const Events = ({ events }: { readonly events: readonly Event[] }) => {
  const { t } = useTranslation();
  const text = useText();
  const when = useWhen();
  return (
    <ul className="nobullet-list">
      {events.map(({ id, at, name, person }) => (
        <li key={id}>
          {when(at)}: {text(name)}
          <span className="muted"> ({person ?? t('setup.events.system')})</span>
        </li>
      ))}
    </ul>
  );
};

/** *Ændringer*: what is proposed and was decided, and everything that has been done to the setup. */
export const SetupChangesPage = () => {
  const { t } = useTranslation();
  const changes = useQuery(trpc.setup.changes.queryOptions());
  const open = changes.data?.changes.filter(({ state }) => state === 'proposed') ?? [];
  const decided = changes.data?.changes.filter(({ state }) => state !== 'proposed') ?? [];
  return (
    <>
      <SetupHead part="changes" />
      {changes.error ? <Failed error={changes.error} retry={changes.refetch} /> : null}
      {changes.isPending ? <Loading /> : null}
      {changes.data ? (
        <>
          <h2>{t('setup.changes.open')}</h2>
          {open.length === 0 ? (
            <p className="empty">{t('setup.changes.none')}</p>
          ) : (
            <Changes items={open} caption={t('setup.changes.open')} />
          )}
          <h2>{t('setup.changes.decided')}</h2>
          {decided.length === 0 ? (
            <p className="empty">{t('setup.changes.noneDecided')}</p>
          ) : (
            <Changes items={decided} caption={t('setup.changes.decided')} />
          )}
          <h2>{t('setup.changes.log')}</h2>
          <Events events={changes.data.events} />
        </>
      ) : null}
    </>
  );
};
