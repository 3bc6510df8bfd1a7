import { useTranslation } from 'react-i18next';
import type { BoardItem } from '../api.ts';
import { Badge } from '../components/badge.tsx';
import { useWhen } from '../components/language.ts';
import { ListTable } from '../components/list-table.tsx';
import { DueCell, MatterCell } from './cells.tsx';

type Props = { readonly item: BoardItem };

const Due = ({ item }: Props) => <DueCell at={item.stepEndsAt} />;

const Where = ({ item }: Props) => {
  const { t } = useTranslation();
  return (
    <MatterCell item={item}>
      <span className="line">
        <Badge>{t('matter.ladder.step', { step: item.step })}</Badge>
        {item.acute ? <Badge tone="error">{t('common.acute')}</Badge> : null}
      </span>
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

const CELLS = [
  ['due', Due],
  ['case', Where],
  ['units', Units],
  ['owner', Owner],
] as const;

type TableProps = { readonly items: readonly BoardItem[]; readonly caption: string };

export const BoardTable = ({ items, caption }: TableProps) => {
  const { t } = useTranslation();
  const columns = CELLS.map(([key, Cell]) => ({
    key,
    header: t(`matter.board.columns.${key}`),
    cell: (item: BoardItem) => <Cell item={item} />,
    ...(key === 'due' ? { sorted: 'ascending' as const, narrow: true } : {}),
    labelled: key === 'owner',
  }));
  return <ListTable items={items} columns={columns} caption={caption} />;
};
