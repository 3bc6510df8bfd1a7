import type { Scope } from '#domain/scope.ts';
import type { Instant } from '#domain/time.ts';
import { type Tx, toDate } from './db.ts';

/** Forgets logins that ran out before then. */
export const deleteOldSessions = (tx: Tx, scope: Scope, before: Instant): Promise<number> =>
  tx.$executeRaw`delete from session where expires_at < ${toDate(before)} and ${scope.unitIds === 'all'}`;

/** Forgets the answers to requests made before then; the same key after that counts as a new request. */
export const deleteOldKeys = (tx: Tx, scope: Scope, before: Instant): Promise<number> =>
  tx.$executeRaw`delete from idempotency_key where created_at < ${toDate(before)} and ${scope.unitIds === 'all'}`;
