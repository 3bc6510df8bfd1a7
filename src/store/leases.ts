import type { Scope } from '#domain/scope.ts';
import type { Tx } from './db.ts';

/**
 * Frees what processes that were killed had taken and not finished. For training mode, where a clock that stands still
 * would never end a lease; elsewhere they end by themselves. Free rows may be handed over or mailed a second time,
 * under the same ids.
 */
export const releaseLeases = async (tx: Tx, scope: Scope): Promise<void> => {
  await tx.$executeRaw`
    update outbox set leased_until = null
    where sent_at is null and leased_until is not null and ${scope.unitIds === 'all'}`;
  await tx.$executeRaw`
    update outbound_message set state = 'queued', leased_until = null
    where state = 'sending' and ${scope.unitIds === 'all'}`;
};
