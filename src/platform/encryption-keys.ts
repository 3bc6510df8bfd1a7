import { StartError } from './start-error.ts';

/** `index` keys the blind index; `keys` are the master keys by version; `current` seals. */
export type EncryptionKeys = {
  readonly index: Uint8Array;
  readonly keys: ReadonlyMap<number, Uint8Array>;
  readonly current: number;
};

const KEY_BYTES = 32;
const BASE64 = /^[A-Za-z0-9+/]{43}=$/;

const refuse = (what: string): StartError => new StartError(`ENCRYPTION_KEYS ${what}.`);

const decode = (name: string, base64: string): Uint8Array => {
  // Node's decoder skips what is not base64, so a damaged key would silently become another one.
  const bytes = BASE64.test(base64) ? Uint8Array.from(Buffer.from(base64, 'base64')) : new Uint8Array();
  if (bytes.length !== KEY_BYTES || Buffer.from(bytes).toString('base64') !== base64) {
    throw refuse(`holds a key named ${name} that is not ${KEY_BYTES} bytes in base64`);
  }
  return bytes;
};

const CURRENT = /^\s*current:([1-9]\d{0,5})\s*$/;

/**
 * Parses `index:BASE64,1:BASE64,2:BASE64` (32 bytes each, all different). The highest number seals, unless `current:1`
 * says which: so a new key is known to every process before the first one seals with it. Throws StartError with a
 * sentence that says which key is at fault, never the key.
 */
export const parseEncryptionKeys = (text: string): EncryptionKeys => {
  const named = new Map<string, Uint8Array>();
  let asked: number | null = null;
  for (const [position, part] of text.split(',').entries()) {
    const chosen = CURRENT.exec(part)?.[1];
    if (chosen !== undefined) {
      if (asked !== null) throw refuse('names the key current twice');
      asked = Number(chosen);
      continue;
    }
    const [, name, base64] = /^\s*(index|[1-9]\d{0,5}):(\S+)\s*$/.exec(part) ?? [];
    if (name === undefined || base64 === undefined) {
      throw refuse(`must look like index:BASE64,1:BASE64 (part ${position + 1} does not)`);
    }
    if (named.has(name)) throw refuse(`names the key ${name} twice`);
    named.set(name, decode(name, base64));
  }
  const { size } = new Set([...named.values()].map((bytes) => Buffer.from(bytes).toString('base64')));
  if (size !== named.size) throw refuse('holds the same key under two names');
  const index = named.get('index');
  if (index === undefined) throw refuse('lacks the key named index');
  named.delete('index');
  if (named.size === 0) throw refuse('lacks a numbered key that seals');
  const keys = new Map([...named].map(([name, bytes]) => [Number(name), bytes]));
  const current = asked ?? Math.max(...keys.keys());
  if (!keys.has(current)) throw refuse(`lacks the key ${current} that is to seal`);
  return { index, keys, current };
};
