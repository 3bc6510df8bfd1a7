import { type Machine, machineOf } from '#domain/machine.ts';
import type { Scope } from '#domain/scope.ts';
import type { Instant } from '#domain/time.ts';
import type { Deps } from '#platform/deps.ts';
import { findLine, findLivingKey, noteKeyUsed } from '#store/machine-keys.ts';
import { currentWorld } from './world.ts';

export const keyHashOf = ({ vault }: Pick<Deps, 'vault'>, secret: string): Uint8Array =>
  vault.index('machine-key', secret);

/** Last use is noted at most this often. Minutes. */
const NOTE_AFTER = 1;

/** Which program asks, and all that it may do; null for a secret that opens nothing. */
export const resumeMachine = async (
  { deps, scope, now }: { readonly deps: Deps; readonly scope: Scope; readonly now: Instant },
  secret: string,
): Promise<Machine | null> => {
  const key = await findLivingKey(deps.db, scope, keyHashOf(deps, secret), now);
  if (!key) return null;
  const { organisation } = await currentWorld({ deps, scope });
  const line = await findLine(deps.db, scope, key.lineId);
  const machine = machineOf({ ...key, line }, organisation, now);
  if (!machine) return null;
  const last = key.lastUsedAt?.epochMilliseconds ?? 0;
  if (now.epochMilliseconds - last >= NOTE_AFTER * 60_000) await noteKeyUsed(deps.db, scope, key.id, now);
  return machine;
};
