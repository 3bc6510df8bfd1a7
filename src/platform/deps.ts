import type { Instant } from '#domain/time.ts';
import type { World } from '#domain/world.ts';
import type { PrismaClient } from '#generated/prisma/client.ts';
import type { Clock } from './clock.ts';
import type { Logger } from './logger.ts';
import type { QuietCounts } from './quiet-counts.ts';
import type { Vault } from './vault.ts';

/** The organisation as of a version; `world` is what rules are computed over. */
export type VersionedWorld = { readonly version: number; readonly world: World };

/** A document to print: headings with what stands under them. */
export type Printed = {
  readonly title: string;
  readonly language: 'da' | 'en';
  /** When it was made. */
  readonly at: Date;
  readonly sections: readonly {
    readonly heading: string;
    readonly lines: readonly { readonly label: string | null; readonly text: string }[];
  }[];
};
export type Printing = (document: Printed) => Promise<Uint8Array>;

/** Gives content to a scanner of malware and answers its reply as it came; null when it gave none. Throws what `content` throws. */
export type Scanning = (content: AsyncIterable<Uint8Array>) => Promise<string | null>;

/** What a process hands to its use cases. Built once under Node, per request under Workers. */
export type Deps = {
  readonly db: PrismaClient;
  readonly clock: Clock;
  readonly vault: Vault;
  readonly newId: (now: Instant) => string;
  readonly log: Logger;
  /** The organisation as last read; use cases refresh it when its version has risen. */
  readonly worlds: { latest: VersionedWorld | null };
  /** Of anonymous visitors; in this process's memory only. */
  readonly quietCounts: QuietCounts;
  readonly training: boolean;
  /** Without a slash at its end. */
  readonly publicUrl: string;
  /** Makes a PDF; null where there is none, as under Workers. */
  readonly print: Printing | null;
  /** Looks files through; null where no scanner is set, and what has come whole is cleared at once. */
  readonly scan: Scanning | null;
};
