import { DomainError } from '#domain/errors.ts';
import { refuseField } from '#domain/field-errors.ts';
import { demand } from '#domain/policy.ts';
import { insertDraft, lockDraft, updateDraft } from '#store/drafts.ts';
import { actOnce, type Ctx } from './context.ts';
import { dataKey } from './open-records.ts';

export type DraftInput = { readonly id?: string; readonly stateVersion?: number; readonly form: unknown };

/** More than this is no draft of a notification. */
const MOST_BYTES = 300_000;

/**
 * Saves what has been written so far, however incomplete. A new draft belongs to its author and may be written on by
 * colleagues who notify from the same institution, one at a time. Throws STALE when a colleague saved in between.
 */
export const saveDraft = (ctx: Ctx, input: DraftInput): Promise<{ id: string; stateVersion: number }> =>
  actOnce(ctx, async (tx) => {
    const { actor, deps, scope, now } = ctx;
    if (actor.kind !== 'person') throw new DomainError('OUT_OF_SCOPE');
    if (JSON.stringify(input.form ?? null).length > MOST_BYTES) refuseField('form', 'too-long');
    if (input.id === undefined) {
      demand(actor, 'draft.write', { authorId: actor.personId, unitId: actor.unitId });
      const id = deps.newId(now);
      const key = await dataKey(ctx, tx, 'draft', id);
      const sealed = deps.vault.seal(key, 'content', input.form);
      await insertDraft(tx, scope, { id, authorId: actor.personId, unitId: actor.unitId, sealed }, now);
      return { id, stateVersion: 0 };
    }
    const draft = await lockDraft(tx, scope, input.id);
    demand(actor, 'draft.write', draft);
    const expectedVersion = input.stateVersion ?? draft.stateVersion;
    const key = await dataKey(ctx, tx, 'draft', draft.id);
    const sealed = deps.vault.seal(key, 'content', input.form);
    await updateDraft(tx, scope, { id: draft.id, expectedVersion, sealed, notificationId: null }, now);
    return { id: draft.id, stateVersion: expectedVersion + 1 };
  });
