import { refuseField } from '#domain/field-errors.ts';
import { type Instant, instant, iso } from '#domain/time.ts';

export type Page<Item> = { items: Item[]; nextCursor: string | null };
export type Cursor = { at: Instant; id: string };

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Keyset cursors say where the last page ended, in no code: `instant~id`. Throws INVALID on anything else. */
export const readCursor = (text: string | undefined): Cursor | null => {
  if (text === undefined) return null;
  const [at = '', id = ''] = text.split('~');
  try {
    if (UUID.test(id)) return { at: instant(at), id };
  } catch {
    // Falls through to the refusal below.
  }
  return refuseField('cursor', 'invalid');
};

/** `rows` holds one more than the page when there is a next one. */
export const pageOf = <Row extends Cursor, Item>(
  rows: readonly Row[],
  size: number,
  show: (row: Row) => Item,
): Page<Item> => {
  const shown = rows.slice(0, size);
  const last = shown.at(-1);
  return { items: shown.map(show), nextCursor: rows.length > size && last ? `${iso(last.at)}~${last.id}` : null };
};
