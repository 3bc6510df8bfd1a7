import type { Clock } from './clock.ts';
import type { Deps } from './deps.ts';
import type { EncryptionKeys } from './encryption-keys.ts';
import { newId } from './ids.ts';
import type { Logger } from './logger.ts';
import { printPdf } from './print.ts';
import { createPrisma } from './prisma.ts';
import { createQuietCounts } from './quiet-counts.ts';
import { clamdAt } from './scanner.ts';
import { createVault, localKeys } from './vault.ts';

export type NodeSettings = {
  readonly databaseUrl: string;
  readonly keys: EncryptionKeys;
  readonly training: boolean;
  /** Without a slash at its end. */
  readonly publicUrl: string;
  readonly clock: Clock;
  readonly log: Logger;
  /** Of the database, at most; the client's own default when left out. */
  readonly connections?: number;
  /** Of clamd; none when left out. */
  readonly scannerUrl?: string | null;
};

/** What a Node process keeps for its whole life. Whoever makes it ends it with `db.$disconnect()`. */
export const nodeDeps = ({ databaseUrl, keys, connections, scannerUrl, ...given }: NodeSettings): Deps => ({
  ...given,
  db: createPrisma(databaseUrl, connections === undefined ? {} : { connections }),
  vault: createVault(keys.index, localKeys(keys.keys, keys.current)),
  newId,
  worlds: { latest: null },
  print: printPdf,
  scan: scannerUrl ? clamdAt(scannerUrl) : null,
  quietCounts: createQuietCounts(),
});
