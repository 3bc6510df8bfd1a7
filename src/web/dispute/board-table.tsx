import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { BoardItem } from '../api.ts';
import { Badge } from '../components/badge.tsx';
import { DueWords } from '../components/due-words.tsx';
import { useWhen } from '../components/language.ts';
import { useWide } from '../use-wide.ts';

type Props = { readonly item: BoardItem };

const Due = ({ item }: Props) => {
  const when = useWhen();
  return (
    <>
      <DueWords at={item.stepEndsAt} />
      <span className="line muted">{when(item.stepEndsAt)}</span>
    </>
  );
};

const Where = ({ item }: Props) => {
  const { t } = useTranslation();
  return (
    <>
      <Link
        to="/uenighed/$referralId"
        params={{ referralId: item.referralId }}
        className="row-link"
        data-row={item.referralId}
      >
        {item.caseNumber}
      </Link>
      <span className="line">
        <Badge>{t('matter.ladder.step', { step: item.step })}</Badge>
        {item.acute ? <Badge tone="error">{t('common.acute')}</Badge> : null}
      </span>
    </>
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

/** Sorted by the server; on narrow screens each row is a card. */
export const BoardTable = ({ items, caption }: TableProps) => {
  const { t } = useTranslation();
  const wide = useWide(768);
  if (!wide) {
    return (
      <ul className="work-cards nobullet-list no-max-width" aria-label={caption}>
        {items.map((item) => (
          <li key={item.id} className="work-card">
            <div>
              <Where item={item} />
            </div>
            <div>
              <Due item={item} />
            </div>
            <div>
              <Units item={item} />
            </div>
            <div>
              {t('matter.board.columns.owner')}: <Owner item={item} />
            </div>
          </li>
        ))}
      </ul>
    );
  }
  return (
    <table className="table work-table">
      <caption className="sr-only">{caption}</caption>
      <thead>
        <tr>
          {CELLS.map(([key]) => (
            <th key={key} scope="col" aria-sort={key === 'due' ? 'ascending' : undefined}>
              {t(`matter.board.columns.${key}`)}
              {key === 'due' ? <span aria-hidden="true"> ↑</span> : null}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {items.map((item) => (
          <tr key={item.id}>
            {CELLS.map(([key, Cell]) => (
              <td key={key}>
                <Cell item={item} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
};
