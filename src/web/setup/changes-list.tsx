import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Outputs } from '../api.ts';
import { Badge } from '../components/badge.tsx';
import { useWhen } from '../components/language.ts';
import { type Column, ListTable } from '../components/list-table.tsx';
import { useChangeWords } from './use-change-words.ts';

type Change = Outputs['setup']['changes']['changes'][number];

/** Where a change of another kind than law and calendar is shown. */
const PAGES = {
  matrix: '/ansvarsmatrix/$changeId',
  units: '/opsaetning/enheder/$changeId',
  people: '/opsaetning/medarbejdere/$changeId',
  destruction: '/opsaetning/kassation/$changeId',
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
          <strong>
            <Link to={pageOf(kind)} params={{ changeId: id }}>
              {words(change)}
            </Link>
          </strong>
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

type Props = { readonly title: string; readonly none: string; readonly items: readonly Change[] };

/** Changes under a heading of their own: those that wait for an answer, or those that have it. */
export const ChangeGroup = ({ title, none, items }: Props) => (
  <>
    <h2>{title}</h2>
    {items.length === 0 ? <p className="empty">{none}</p> : <Changes items={items} caption={title} />}
  </>
);
