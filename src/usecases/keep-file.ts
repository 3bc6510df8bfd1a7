import { type FileType, safeName } from '#domain/attachments.ts';
import { unheardAgainAt } from '#domain/scanning.ts';
import type { Instant } from '#domain/time.ts';
import type { DataKey } from '#platform/vault.ts';
import { deleteArrival, finishArrival, type Holder, insertArrival } from '#store/attachments.ts';
import { inTransaction, type Tx } from '#store/db.ts';
import { insertSealedKey } from '#store/sealed-keys.ts';
import type { Ctx } from './context.ts';
import { handOverFiles } from './hand-over-files.ts';
import { personOf } from './on-referral.ts';
import { type Arrived, storeParts } from './sealed-parts.ts';

/** What the journal keeps of a file, sealed: the plain digest of a known form would say what it is. */
export type SaidOfFile = { readonly text: string; readonly sha256: string };

export type Whole = {
  readonly id: string;
  readonly type: FileType;
  readonly bytes: number;
  readonly said: SaidOfFile;
  /** Puts it where it belongs, in the transaction of the act. Throws NOT_FOUND when it does not arrive any more. */
  readonly finish: (tx: Tx, now: Instant) => Promise<void>;
};

type Arriving<R> = {
  readonly holder: Holder;
  readonly name: string;
  readonly content: AsyncIterable<Uint8Array>;
  /** Before anything is read: may this person, there, as it stands? */
  readonly admit: (tx: Tx) => Promise<unknown>;
  /** The act itself, once it has come whole; `ctx` covers the content by its key. */
  readonly act: (ctx: Ctx, whole: Whole) => Promise<R>;
};

/** The request's key covers the content too, which is known only now. */
const covering = ({ deps, key, ...ctx }: Ctx, { digest }: Arrived): Ctx => {
  const covered = (requestHash: Uint8Array) =>
    deps.vault.index('idempotency', Buffer.concat([Buffer.from('content:'), requestHash, digest]));
  return { deps, ...ctx, key: key && { ...key, requestHash: covered(key.requestHash) } };
};

/**
 * Takes a file: stored part by part while it comes, kept where it belongs when it has come whole, held there until it has
 * been looked through where a scanner is set. Once for each Idempotency-Key and content; what is not kept leaves nothing.
 * Throws as `admit`, `storeParts` and `act`.
 */
export const keepFile = async <R extends { readonly attachmentId: string }>(
  ctx: Ctx,
  { holder, name, content, admit, act }: Arriving<R>,
): Promise<R> => {
  const { deps, scope } = ctx;
  const key = await inTransaction(deps.db, async (tx): Promise<DataKey> => {
    await admit(tx);
    const id = deps.newId(ctx.now);
    const made = deps.vault.newKey('attachment', id);
    await insertSealedKey(tx, scope, made.wrapped);
    await insertArrival(tx, scope, { id, holder, authorId: personOf(ctx).personId }, ctx.now);
    return made.key;
  });
  const { recordId: id } = key;
  let kept = '';
  try {
    const arrived = await storeParts(ctx, key, content);
    const { type, bytes } = arrived;
    const said = { text: safeName(name, type), sha256: Buffer.from(arrived.digest).toString('hex') };
    const finish: Whole['finish'] = async (tx, now) => {
      const scanAt = deps.scan ? unheardAgainAt(now) : null;
      await finishArrival(tx, scope, { id, type, bytes, sealed: deps.vault.seal(key, 'said', said), scanAt }, now);
      if (scanAt) await handOverFiles({ ...ctx, now }, tx, [id]);
    };
    const done = await act(covering(ctx, arrived), { id, type, bytes, said, finish });
    kept = done.attachmentId;
    return done;
  } finally {
    // Refused, broken off, or sent again and kept the first time; what stays by a killed process, the purge finds.
    if (kept !== id) await deleteArrival(deps.db, scope, id);
  }
};
