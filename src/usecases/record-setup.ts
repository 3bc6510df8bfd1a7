import type { SetupEventKind } from '#domain/setup-events.ts';
import type { Tx } from '#store/db.ts';
import { insertSetupEvent, type SetupEvent } from '#store/setup.ts';
import type { Ctx } from './context.ts';

type Said = { readonly kind: SetupEventKind } & Pick<SetupEvent, 'data'> &
  Partial<Pick<SetupEvent, 'personId' | 'changeId'>>;

/** A line in the journal of the setup, now; without a person the system did it. `of`: the kind of change it is about. */
export const recordSetup = (ctx: Ctx, tx: Tx, said: Said, of?: string): Promise<void> => {
  const event = { id: ctx.deps.newId(ctx.now), at: ctx.now, personId: null, changeId: null, ...said };
  return insertSetupEvent(tx, ctx.scope, event, of);
};
