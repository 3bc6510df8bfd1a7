import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  hash,
  hkdfSync,
  randomFillSync,
  timingSafeEqual,
} from 'node:crypto';
import { inflateRawSync } from 'node:zlib';

/** What is sealed under a key of its own; part of the bound data, so a sealed value cannot be moved to another row. */
export type RecordKind =
  | 'notification'
  | 'addition'
  | 'draft'
  | 'child'
  | 'referral'
  | 'door-code'
  | 'attachment'
  | 'access-request';

export type WrappedKey = { recordId: string; recordKind: RecordKind; keyVersion: number; wrapped: Uint8Array };

/** A record's opened data key; never stored, never logged. */
export type DataKey = { readonly recordId: string; readonly recordKind: RecordKind; readonly bytes: Uint8Array };

/** Each purpose has a key of its own. */
type Purpose =
  | 'cpr'
  | 'idempotency'
  | 'login'
  | 'mail'
  | 'machine-key'
  | 'pseudonym'
  | 'surname'
  | 'session'
  | 'code'
  | 'link'
  | 'rate'
  | 'event'
  | 'read'
  | 'seal'
  | 'journal-head'
  | 'anchor';

/** Sealing, blind index and digests. Stateless but for the master keys. */
export interface Vault {
  /** The version of the master key that seals. */
  readonly current: number;
  newKey(recordKind: RecordKind, recordId: string): { key: DataKey; wrapped: WrappedKey };
  /** Throws when the master key of that version is missing or the row was altered. */
  unwrap(wrapped: WrappedKey): DataKey;
  /** The same data key under the newest master key. Throws as `unwrap`. */
  rewrap(wrapped: WrappedKey): WrappedKey;
  /** `slot` separates several sealed values of one record (`event:7`). */
  seal(key: DataKey, slot: string, value: unknown): Uint8Array;
  open(key: DataKey, slot: string, sealed: Uint8Array): unknown;
  /** The same of bytes as they are. Throws when the key, the slot or the bytes are others. */
  sealBytes(key: DataKey, slot: string, bytes: Uint8Array): Uint8Array;
  openBytes(key: DataKey, slot: string, sealed: Uint8Array): Uint8Array;
  /** Keyed hash, for look-ups and for what only the product can have written; the same always gives the same bytes. */
  index(purpose: Purpose, text: string | Uint8Array): Uint8Array;
  digest(data: string | Uint8Array): Uint8Array;
  /** The same of what comes piece by piece. */
  digesting(): { readonly add: (piece: Uint8Array) => void; readonly end: () => Uint8Array };
  /** Are they equal? In a time that does not tell how far. */
  matches(a: Uint8Array, b: Uint8Array): boolean;
  token(): string;
}

/**
 * What holds the master keys: those of this process, or a device or service that never hands them out. `version` says
 * which key; `bound` is what the wrapped bytes belong to, and does not open under anything else.
 */
export interface KeyService {
  /** The version that wraps. */
  readonly current: number;
  wrap(version: number, bound: string, dataKey: Uint8Array): Uint8Array;
  /** Throws when the key of that version is missing or the bytes were altered. */
  unwrap(version: number, bound: string, wrapped: Uint8Array): Uint8Array;
}

const FORMAT = 1;
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** Random bytes out of a block, each given out once: asking for 12 at a time takes longer than to encrypt with them. */
const BLOCK_BYTES = 4096;
let block = Buffer.alloc(0);
const randomBytes = (bytes: number): Uint8Array => {
  if (block.length < bytes) block = randomFillSync(Buffer.allocUnsafeSlow(BLOCK_BYTES));
  const taken = block.subarray(0, bytes);
  block = block.subarray(bytes);
  return taken;
};

/** A digest that was asked for as text, one character a byte: as bytes it takes twice as long to get. */
const bytesOf = (latin1: string): Uint8Array => Buffer.from(latin1, 'latin1');

const encrypt = (key: Uint8Array, bound: string, plain: Uint8Array): Uint8Array => {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, iv);
  cipher.setAAD(Buffer.from(bound));
  return Buffer.concat([Buffer.of(FORMAT), iv, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
};

const decrypt = (key: Uint8Array, bound: string, sealed: Uint8Array): Uint8Array => {
  if (sealed[0] !== FORMAT) throw new Error('unknown seal format');
  const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength);
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(1, 1 + IV_BYTES));
  decipher.setAAD(Buffer.from(bound));
  decipher.setAuthTag(bytes.subarray(bytes.length - TAG_BYTES));
  return Buffer.concat([decipher.update(bytes.subarray(1 + IV_BYTES, bytes.length - TAG_BYTES)), decipher.final()]);
};

/** No JSON begins with it: what follows was deflated before it was sealed, as long texts were once (decision 050). */
const PACKED = 0;

const fromSealed = (bytes: Uint8Array): unknown =>
  JSON.parse((bytes[0] === PACKED ? inflateRawSync(bytes.subarray(1)) : Buffer.from(bytes)).toString());

/** Master keys in this process, by version. */
export const localKeys = (keys: ReadonlyMap<number, Uint8Array>, current: number): KeyService => {
  const key = (version: number): Uint8Array => {
    const found = keys.get(version);
    if (!found) throw new Error(`master key ${version} is not configured`);
    return found;
  };
  return {
    current,
    wrap: (version, bound, dataKey) => encrypt(key(version), bound, dataKey),
    unwrap: (version, bound, wrapped) => decrypt(key(version), bound, wrapped),
  };
};

/**
 * AES-256-GCM envelope: each record has a data key, wrapped by the newest master key. Rotation re-wraps data keys and
 * leaves content alone; destroying a wrapped key destroys its content. `indexKey` keys look-ups and the journal.
 */
export const createVault = (indexKey: Uint8Array, master: KeyService): Vault => {
  const subkeys = new Map<string, Uint8Array>();
  const subkey = (purpose: string): Uint8Array => {
    const known = subkeys.get(purpose);
    if (known) return known;
    const made = new Uint8Array(hkdfSync('sha256', indexKey, '', `bindeled:${purpose}`, 32));
    subkeys.set(purpose, made);
    return made;
  };
  const wrapBound = (w: { recordKind: string; recordId: string; keyVersion: number }): string =>
    `key:${w.recordKind}:${w.recordId}:${w.keyVersion}`;
  const wrap = (recordKind: RecordKind, recordId: string, bytes: Uint8Array): WrappedKey => {
    const head = { recordKind, recordId, keyVersion: master.current };
    return { ...head, wrapped: master.wrap(head.keyVersion, wrapBound(head), bytes) };
  };
  const open = (w: WrappedKey): Uint8Array => master.unwrap(w.keyVersion, wrapBound(w), w.wrapped);
  const bound = (key: DataKey, slot: string): string => `${key.recordKind}:${key.recordId}:${slot}`;

  return {
    current: master.current,
    newKey(recordKind, recordId) {
      const bytes = randomBytes(32);
      return { key: { recordKind, recordId, bytes }, wrapped: wrap(recordKind, recordId, bytes) };
    },
    unwrap: (w) => ({ recordKind: w.recordKind, recordId: w.recordId, bytes: open(w) }),
    rewrap: (w) => wrap(w.recordKind, w.recordId, open(w)),
    seal: (key, slot, value) => encrypt(key.bytes, bound(key, slot), Buffer.from(JSON.stringify(value))),
    open: (key, slot, sealed) => fromSealed(decrypt(key.bytes, bound(key, slot), sealed)),
    sealBytes: (key, slot, bytes) => encrypt(key.bytes, bound(key, slot), bytes),
    openBytes: (key, slot, sealed) => decrypt(key.bytes, bound(key, slot), sealed),
    index: (purpose, text) => bytesOf(createHmac('sha256', subkey(purpose)).update(text).digest('latin1')),
    digest: (data) => bytesOf(hash('sha256', data, 'latin1')),
    digesting() {
      const running = createHash('sha256');
      return { add: (piece) => running.update(piece), end: () => bytesOf(running.digest('latin1')) };
    },
    matches: (a, b) => a.length === b.length && timingSafeEqual(a, b),
    token: () => Buffer.from(randomBytes(32)).toString('base64url'),
  };
};
