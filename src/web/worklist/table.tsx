import { createColumnHelper, tableFeatures, useTable } from '@tanstack/react-table';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { WorkItem } from '../api.ts';
import { useWide } from '../use-wide.ts';
import { CaseCell, ChildCell, DueCell, FromCell, OwnerCell } from './cells.tsx';

const features = tableFeatures({});
const helper = createColumnHelper<typeof features, WorkItem>();

type Names = ReadonlyMap<string, string> | null;
type Props = { readonly items: WorkItem[]; readonly names: Names; readonly caption: string };

const nameOf = (names: Names, { id }: WorkItem): string | null => (names ? (names.get(id) ?? '') : null);

const useColumns = (names: Names) => {
  const { t } = useTranslation();
  return useMemo(
    () =>
      helper.columns([
        helper.display({
          id: 'due',
          header: t('worklist.columns.due'),
          cell: ({ row }) => <DueCell item={row.original} />,
        }),
        helper.display({
          id: 'case',
          header: t('worklist.columns.case'),
          cell: ({ row }) => <CaseCell item={row.original} />,
        }),
        helper.display({
          id: 'child',
          header: t('worklist.columns.child'),
          cell: ({ row }) => <ChildCell item={row.original} name={nameOf(names, row.original)} />,
        }),
        helper.display({
          id: 'from',
          header: t('worklist.columns.from'),
          cell: ({ row }) => <FromCell item={row.original} />,
        }),
        helper.display({
          id: 'owner',
          header: t('worklist.columns.owner'),
          cell: ({ row }) => <OwnerCell item={row.original} />,
        }),
      ]),
    [t, names],
  );
};

const Cards = ({ items, names, caption }: Props) => (
  <ul className="work-cards nobullet-list no-max-width" aria-label={caption}>
    {items.map((item) => (
      <li key={item.id} className="work-card">
        <CaseCell item={item} />
        <div>
          <DueCell item={item} />
        </div>
        <div>
          <ChildCell item={item} name={nameOf(names, item)} />
        </div>
        <div>
          <FromCell item={item} />
        </div>
        <div>
          <OwnerCell item={item} />
        </div>
      </li>
    ))}
  </ul>
);

/** What is due first; one sort, the server's. On narrow screens each row is a card. */
export const WorkTable = (props: Props) => {
  const { t } = useTranslation();
  const wide = useWide(768);
  const columns = useColumns(props.names);
  const table = useTable({ features, columns, data: props.items, getRowId: ({ id }) => id });
  if (!wide) return <Cards {...props} />;
  return (
    <table className="table work-table">
      <caption className="sr-only">{props.caption}</caption>
      <thead>
        {table.getHeaderGroups().map((group) => (
          <tr key={group.id}>
            {group.headers.map((header) => (
              <th key={header.id} scope="col" aria-sort={header.column.id === 'due' ? 'ascending' : undefined}>
                <table.FlexRender header={header} />
                {header.column.id === 'due' ? <span aria-hidden="true"> ↑</span> : null}
                {header.column.id === 'due' ? <span className="sr-only">. {t('worklist.sorted')}</span> : null}
              </th>
            ))}
          </tr>
        ))}
      </thead>
      <tbody>
        {table.getRowModel().rows.map((row) => (
          <tr key={row.id}>
            {row.getAllCells().map((cell) => (
              <td key={cell.id}>
                <table.FlexRender cell={cell} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
};
