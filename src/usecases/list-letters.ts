import { REASONS } from '#domain/delivery.ts';
import { demand } from '#domain/policy.ts';
import { iso } from '#domain/time.ts';
import type { World } from '#domain/world.ts';
import { findLetters, type LetterRow } from '#store/letters.ts';
import { type Ctx, scopeFor } from './context.ts';
import { type Page, pageOf, readCursor } from './paging.ts';
import { currentWorld } from './world.ts';

const PAGE = 50;

export const letterItem = (row: LetterRow, { organisation: { people, units } }: World) => ({
  id: row.id,
  kind: row.kind,
  state: row.state,
  why: { da: REASONS[row.reason].da, en: REASONS[row.reason].en },
  referralId: row.referralId,
  caseNumber: row.caseNumber,
  acute: row.acute,
  unit: units.get(row.ownerUnit)?.name ?? row.ownerUnit,
  handler: row.handlerId ? (people.get(row.handlerId)?.title ?? row.handlerId) : null,
  createdAt: iso(row.createdAt),
  dueAt: row.dueAt ? iso(row.dueAt) : null,
});
export type LetterItem = ReturnType<typeof letterItem>;

/** *Breve*: receipts and feedback that must be posted or phoned, the oldest first. Holds no personal data. */
export const listLetters = async (ctx: Ctx, cursor: string | undefined): Promise<Page<LetterItem>> => {
  demand(ctx.actor, 'letter.list');
  const world = await currentWorld(ctx);
  const page = { cursor: readCursor(cursor), limit: PAGE + 1 };
  const rows = await findLetters(ctx.deps.db, scopeFor(ctx, 'letter.list'), page);
  return pageOf(
    rows.map((row) => ({ row, id: row.id, at: row.createdAt })),
    PAGE,
    ({ row }) => letterItem(row, world),
  );
};
