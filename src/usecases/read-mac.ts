import { type ReadEntry, readText } from '#domain/seals.ts';
import type { Vault } from '#platform/vault.ts';

/** The key over a read: only the product can have written it. */
export const readMac = (vault: Vault, entry: ReadEntry): Uint8Array => vault.index('read', readText(entry));

/** Was it the product that wrote this read, and is it as it was written? */
export const isOurRead = (vault: Vault, read: ReadEntry & { readonly mac: Uint8Array }): boolean =>
  vault.matches(readMac(vault, read), read.mac);
