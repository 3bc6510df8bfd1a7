import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { BoardItem } from '../api.ts';
import { Badge } from '../components/badge.tsx';
import { useWhen } from '../components/language.ts';
import type { Column } from '../components/list-table.tsx';
import { DueCell, MatterCell } from './cells.tsx';

type Props = { readonly item: BoardItem };

const TONES = {
  acute: 'error',
  'run-out': 'error',
  'sent-around': 'warning',
  'ends-soon': 'warning',
  'long-open': 'info',
} as const;

/** Why it stands where it stands, the weightiest first. */
const Why = ({ item }: Props) => {
  const { t } = useTranslation();
  if (item.concerns.length === 0) return <span className="muted">{t('board.concerns.none')}</span>;
  return (
    <ul className="concerns nobullet-list no-max-width">
      {item.concerns.map((concern) => (
        <li key={concern}>
          <Badge tone={TONES[concern]}>{t(`board.concerns.${concern}`, { turns: item.turns })}</Badge>
        </li>
      ))}
    </ul>
  );
};

const Due = ({ item }: Props) => {
  const { t } = useTranslation();
  return (
    <>
      <DueCell at={item.stepEndsAt} />
      <span className="line">{t('matter.ladder.step', { step: item.step })}</span>
    </>
  );
};

const Where = ({ item }: Props) => {
  const { t } = useTranslation();
  return (
    <MatterCell item={item}>
      {item.decides ? (
        <Link
          to="/uenighed/$referralId"
          params={{ referralId: item.referralId }}
          search={{ handling: 'decide-dispute' }}
          className="line"
        >
          {t('board.decide')}
          <span className="sr-only"> {item.caseNumber}</span>
        </Link>
      ) : null}
    </MatterCell>
  );
};

const Units = ({ item }: Props) => {
  const { t } = useTranslation();
  return (
    <>
      {item.parties.map(({ name }) => name).join(' – ')}
      {item.awaited ? <span className="line muted">{t(`matter.board.awaited.${item.awaited}`)}</span> : null}
      {item.proposal ? <span className="line">{t('matter.board.proposal', { unit: item.proposal.name })}</span> : null}
    </>
  );
};

const Owner = ({ item }: Props) => {
  const { t } = useTranslation();
  const when = useWhen();
  return (
    <>
      {item.owner.name}
      <span className="line muted">{t('matter.board.since', { when: when(item.raisedAt) })}</span>
    </>
  );
};

/** The one list of disputes, wherever it stands. */
export const useBoardColumns = (): readonly Column<BoardItem>[] => {
  const { t } = useTranslation();
  const cell = (Cell: (props: Props) => React.ReactNode) => (item: BoardItem) => <Cell item={item} />;
  return [
    { key: 'why', header: t('board.columns.why'), cell: cell(Why), sorted: 'descending' },
    { key: 'due', header: t('matter.board.columns.due'), cell: cell(Due), narrow: true },
    { key: 'case', header: t('matter.board.columns.case'), cell: cell(Where) },
    { key: 'units', header: t('matter.board.columns.units'), cell: cell(Units) },
    { key: 'owner', header: t('matter.board.columns.owner'), cell: cell(Owner), labelled: true },
  ];
};
