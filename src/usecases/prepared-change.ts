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

/** One past referral that would have gone elsewhere, as both people see it: no personal data. */
export type ShownRouting = {
  readonly id: string;
  readonly caseNumber: string;
  readonly matter: string;
  readonly at: string;
  /** Unit ids: where it was routed first, where the present rules and the proposed ones send it, who has it now. */
  readonly first: string;
  readonly from: string;
  readonly to: string;
  readonly now: string;
};

/** How the past months would have been routed by a change of the responsibility matrix. */
export type PastRoutings = {
  readonly months: number;
  /** Of all referrals in that time, and of those that the row is about. */
  readonly all: number;
  readonly about: number;
  /** More were about it than are counted: the newest are. */
  readonly cut: boolean;
  readonly elsewhere: readonly ShownRouting[];
};

/** A change as it would be now: what both people see, the digest of just that, and how to do it. */
export type Prepared = {
  readonly moves: readonly ShownMove[];
  readonly past?: PastRoutings;
  readonly digest: string;
  readonly write: () => Promise<void>;
};

export type Asked = Pick<ProposedChange, 'id' | 'payload'> & {
  /** How far a dry run over the past goes back. */
  readonly months?: number;
};
/** Throws INVALID when the change is not possible (any more). `lock`: nothing that was looked at may change meanwhile. */
export type Prepare = (ctx: Ctx, tx: Tx, change: Asked, lock: boolean) => Promise<Prepared>;
