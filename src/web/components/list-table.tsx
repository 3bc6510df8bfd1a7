import type { ReactNode } from 'react';
import { useWide } from '../use-wide.ts';

export type Column<Item> = {
  readonly key: string;
  readonly header: string;
  readonly cell: (item: Item) => ReactNode;
  /** The one that the server sorts by. */
  readonly sorted?: 'ascending' | 'descending';
  /** Holds no more than a date. */
  readonly narrow?: boolean;
  /** On a card its header stands before it, because the cell alone does not tell what it is. */
  readonly labelled?: boolean;
};

type Props<Item> = {
  readonly items: readonly Item[];
  readonly columns: readonly Column<Item>[];
  readonly caption: string;
};

/** A list that the server sorts; on narrow screens each row is a card. */
export const ListTable = <Item extends { readonly id: string }>({ items, columns, caption }: Props<Item>) => {
  const wide = useWide(768);
  if (!wide) {
    return (
      <ul className="work-cards nobullet-list no-max-width" aria-label={caption}>
        {items.map((item) => (
          <li key={item.id} className="work-card">
            {columns.map(({ key, header, labelled, cell }) => (
              <div key={key}>
                {labelled ? `${header}: ` : null}
                {cell(item)}
              </div>
            ))}
          </li>
        ))}
      </ul>
    );
  }
  return (
    <table className="table work-table list-table">
      <caption className="sr-only">{caption}</caption>
      <thead>
        <tr>
          {columns.map(({ key, header, sorted, narrow }) => (
            <th key={key} scope="col" aria-sort={sorted} className={narrow ? 'narrow' : undefined}>
              {header}
              {sorted ? <span aria-hidden="true">{sorted === 'ascending' ? ' ↑' : ' ↓'}</span> : null}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {items.map((item) => (
          <tr key={item.id}>
            {columns.map(({ key, narrow, cell }) => (
              <td key={key} className={narrow ? 'narrow' : undefined}>
                {cell(item)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
};
