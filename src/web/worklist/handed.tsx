import { useTranslation } from 'react-i18next';
import { client, type HandedItem, trpc } from '../api.ts';
import { Badge } from '../components/badge.tsx';
import { useWhen } from '../components/language.ts';
import { PagedList } from '../components/paged-list.tsx';
import { DueCell, MatterCell } from '../dispute/cells.tsx';

type Props = { readonly item: HandedItem };

const Due = ({ item }: Props) => <DueCell at={item.dueAt} />;

const Where = ({ item }: Props) => {
  const { t } = useTranslation();
  return (
    <MatterCell item={item}>
      {item.acute ? (
        <span className="line">
          <Badge tone="error">{t('common.acute')}</Badge>
        </span>
      ) : null}
    </MatterCell>
  );
};

const From = ({ item }: Props) => {
  const { t } = useTranslation();
  const when = useWhen();
  return (
    <>
      {item.from.name}
      <span className="line muted">{t('worklist.handed.since', { when: when(item.proposedAt) })}</span>
    </>
  );
};

const To = ({ item }: Props) => item.to.name;

const CELLS = [
  ['due', Due],
  ['case', Where],
  ['from', From],
  ['to', To],
] as const;

/** *Overdraget til os*: what others ask this unit to take, and by when it must answer. */
export const HandedOver = () => {
  const { t } = useTranslation();
  const columns = CELLS.map(([key, Cell]) => ({
    key,
    header: t(`worklist.handed.columns.${key}`),
    cell: (item: HandedItem) => <Cell item={item} />,
    ...(key === 'due' ? { sorted: 'ascending' as const, narrow: true } : {}),
    labelled: key === 'from' || key === 'to',
  }));
  return (
    <PagedList
      queryKey={trpc.handovers.list.infiniteQueryKey({})}
      read={(at) => client.handovers.list.query(at)}
      columns={columns}
      caption={t('worklist.caption', { tab: t('worklist.tabs.handed') })}
      empty={t('worklist.empty.handed')}
      showing={(count) => t('worklist.showing', { count })}
    />
  );
};
