import { DomainError } from '#domain/errors.ts';
import { demand } from '#domain/policy.ts';
import { keptUntil } from '#domain/retention.ts';
import { iso } from '#domain/time.ts';
import { inTransaction } from '#store/db.ts';
import { findDraft, findDrafts } from '#store/drafts.ts';
import { type Ctx, scopeFor } from './context.ts';
import { logRead } from './log-read.ts';
import { openRecords } from './open-records.ts';
import { currentWorld } from './world.ts';

export type DraftLine = {
  id: string;
  authorTitle: string;
  updatedAt: string;
  /** When it goes, unless it is changed before. */
  keptUntil: string;
  stateVersion: number;
  mine: boolean;
  childNames: string[];
};

const childNames = (form: unknown): string[] => {
  const children = (form as { children?: { name?: unknown }[] } | null)?.children;
  return Array.isArray(children) ? children.flatMap((c) => (typeof c?.name === 'string' ? [c.name] : [])) : [];
};

/** One's own unsent drafts and those of colleagues at the same institution. Logged as a reading. */
export const listDrafts = (ctx: Ctx): Promise<DraftLine[]> =>
  inTransaction(ctx.deps.db, async (tx) => {
    const { actor } = ctx;
    if (actor.kind !== 'person') throw new DomainError('OUT_OF_SCOPE');
    const role = demand(actor, 'draft.read', { authorId: actor.personId, unitId: actor.unitId });
    const drafts = await findDrafts(tx, scopeFor(ctx, 'draft.read'));
    const opened = await openRecords(ctx, tx, 'draft', drafts);
    const { organisation } = await currentWorld(ctx, tx);
    if (drafts.length > 0) await logRead(ctx, tx, role, 'drafts', {});
    return drafts.map((d) => ({
      id: d.id,
      authorTitle: organisation.people.get(d.authorId)?.title ?? '',
      updatedAt: iso(d.updatedAt),
      keptUntil: iso(keptUntil('draft', d.updatedAt, ctx.now)),
      stateVersion: d.stateVersion,
      mine: d.authorId === actor.personId,
      childNames: childNames(opened.get(d.id)),
    }));
  });

/** A draft to go on writing. Logged as a reading. Throws NOT_FOUND. */
export const readDraft = (ctx: Ctx, id: string) =>
  inTransaction(ctx.deps.db, async (tx) => {
    const draft = await findDraft(tx, ctx.scope, id);
    if (!draft || draft.notificationId !== null) throw new DomainError('NOT_FOUND');
    const role = demand(ctx.actor, 'draft.read', draft);
    const opened = await openRecords(ctx, tx, 'draft', [draft]);
    const { organisation } = await currentWorld(ctx, tx);
    await logRead(ctx, tx, role, 'draft', {});
    return {
      id: draft.id,
      stateVersion: draft.stateVersion,
      authorTitle: organisation.people.get(draft.authorId)?.title ?? '',
      updatedAt: iso(draft.updatedAt),
      form: opened.get(draft.id) ?? {},
    };
  });
