import type { Scope } from '#domain/scope.ts';
import type { Tx } from '#store/db.ts';
import type { Stored } from './stored.ts';

/**
 * The brand of a scope proves that a scope was made, not that the query used it. So every function of the store is
 * called on somebody else's rows: what is theirs must stay unread and unchanged. Called as `by`, the same call must
 * read or change something, else it would prove nothing.
 */
export type Closed = {
  readonly by: keyof Stored['scopes'];
  readonly call: (tx: Tx, scope: Scope, s: Stored) => Promise<unknown>;
  readonly before?: (tx: Tx, s: Stored) => Promise<unknown>;
};
/** May be called with any scope; why that tells and changes nothing that is not the caller's. */
export type Open = { readonly open: string };
