import type { ProposedChange } from '#domain/proposed-change.ts';
import type { Tx } from '#store/db.ts';
import type { Ctx } from './context.ts';

/** One clock that a change concerns, as both people see it. Instants in ISO 8601. */
export type ShownMove = {
  readonly id: string;
  readonly caseNumber: string;
  readonly kind: string;
  readonly unit: string;
  readonly acute: boolean;
  readonly paused: boolean;
  readonly from: string;
  readonly to: string;
  readonly moves: boolean;
};

/** A change as it would be now: what both people see, the digest of just that, and how to do it. */
export type Prepared = {
  readonly moves: readonly ShownMove[];
  readonly digest: string;
  readonly write: () => Promise<void>;
};

export type Asked = Pick<ProposedChange, 'id' | 'payload'>;
/** Throws INVALID when the change is not possible (any more). `lock`: nothing that was looked at may change meanwhile. */
export type Prepare = (ctx: Ctx, tx: Tx, change: Asked, lock: boolean) => Promise<Prepared>;
