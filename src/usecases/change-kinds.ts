import { DomainError } from '#domain/errors.ts';
import type { Tx } from '#store/db.ts';
import type { Ctx } from './context.ts';
import { prepareRegulations } from './prepare-regulations.ts';
import type { Asked, Prepare, Prepared } from './prepared-change.ts';

/** Everything that takes two people; another kind is another row. */
const KINDS: Readonly<Record<string, Prepare>> = { regulations: prepareRegulations };

/** Throws INVALID, also for a kind that there is not. */
export const prepareChange = (
  ctx: Ctx,
  tx: Tx,
  change: Asked & { readonly kind: string },
  lock: boolean,
): Promise<Prepared> => {
  const prepare = KINDS[change.kind];
  if (!prepare) throw new DomainError('INVALID');
  return prepare(ctx, tx, change, lock);
};
