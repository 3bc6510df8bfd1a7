import { DomainError } from '#domain/errors.ts';
import type { Action } from '#domain/policy.ts';
import type { Tx } from '#store/db.ts';
import type { Ctx } from './context.ts';
import { prepareDestruction } from './prepare-destruction.ts';
import { prepareMatrix } from './prepare-matrix.ts';
import { maySettleAlone, preparePeople } from './prepare-people.ts';
import { prepareRegulations } from './prepare-regulations.ts';
import { prepareUnits } from './prepare-units.ts';
import type { Asked, Prepare, Prepared } from './prepared-change.ts';

type Kind = {
  readonly prepare: Prepare;
  readonly read: Action;
  readonly propose: Action;
  readonly decide: Action;
  /** May whoever proposed it decide it, too? Never, unless the kind says so. */
  readonly alone?: (ctx: Ctx, tx: Tx, payload: unknown) => Promise<boolean>;
};

/** Everything that takes two people, and who may; another kind is another row. */
const KINDS: Readonly<Record<string, Kind>> = {
  regulations: {
    prepare: prepareRegulations,
    read: 'setup.read',
    propose: 'setup.propose',
    decide: 'setup.decide',
  },
  units: { prepare: prepareUnits, read: 'setup.read', propose: 'setup.propose', decide: 'setup.decide' },
  people: {
    prepare: preparePeople,
    read: 'setup.read',
    propose: 'setup.propose',
    decide: 'setup.decide',
    alone: maySettleAlone,
  },
  destruction: {
    prepare: prepareDestruction,
    read: 'setup.read',
    propose: 'setup.propose',
    decide: 'setup.decide',
  },
  matrix: { prepare: prepareMatrix, read: 'matrix.propose', propose: 'matrix.propose', decide: 'matrix.decide' },
};

/** Throws INVALID for a kind that there is not. */
export const changeKind = (kind: string): Kind => {
  const found = KINDS[kind];
  if (!found) throw new DomainError('INVALID');
  return found;
};

/** Throws INVALID. */
export const prepareChange = (
  ctx: Ctx,
  tx: Tx,
  change: Asked & { readonly kind: string },
  lock: boolean,
): Promise<Prepared> => changeKind(change.kind).prepare(ctx, tx, change, lock);
