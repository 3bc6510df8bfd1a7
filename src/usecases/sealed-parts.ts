import { type FileType, fileTypeOf, MOST_BYTES, tooLarge } from '#domain/attachments.ts';
import { refuseField } from '#domain/field-errors.ts';
import type { DataKey } from '#platform/vault.ts';
import { findPart, insertPart } from '#store/attachments.ts';
import type { Ctx } from './context.ts';

/** What is sealed, stored and read at a time, and so about what a file costs of memory. Bytes. */
const PART_BYTES = 256 * 1024;

/** A part opens at its own place only, and the last one only as the last: none can be moved, left out or cut off. */
const slotOf = (seq: number, last: boolean): string => (last ? `part:${seq}:last` : `part:${seq}`);

export type Arrived = { readonly type: FileType; readonly bytes: number; readonly digest: Uint8Array };

/**
 * Seals and stores what comes, a part at a time, each in a statement of its own. Throws INVALID for a file that is empty
 * or of no type that is taken, before anything of it is stored, and TOO_LARGE as soon as it is.
 */
export const storeParts = async (ctx: Ctx, key: DataKey, content: AsyncIterable<Uint8Array>): Promise<Arrived> => {
  const { db, vault } = ctx.deps;
  const part = new Uint8Array(PART_BYTES);
  const digest = vault.digesting();
  let [filled, seq, bytes] = [0, 0, 0];
  let type: FileType | null = null;
  const put = async (last: boolean): Promise<void> => {
    if (bytes === 0) refuseField('file', 'file-empty');
    type ??= fileTypeOf(part.subarray(0, filled)) ?? refuseField('file', 'file-type');
    const sealed = vault.sealBytes(key, slotOf(seq, last), part.subarray(0, filled));
    await insertPart(db, ctx.scope, { attachmentId: key.recordId, seq, sealed });
    [filled, seq] = [0, seq + 1];
  };
  for await (const piece of content) {
    bytes += piece.length;
    if (bytes > MOST_BYTES) throw tooLarge();
    digest.add(piece);
    for (let at = 0; at < piece.length; ) {
      // A full part is not stored before more comes: it may be the last one.
      if (filled === PART_BYTES) await put(false);
      const taken = piece.subarray(at, at + PART_BYTES - filled);
      part.set(taken, filled);
      filled += taken.length;
      at += taken.length;
    }
  }
  await put(true);
  return { type: type ?? refuseField('file', 'file-type'), bytes, digest: digest.end() };
};

/** The content again, a part at a time. Throws in the middle when a part is missing, moved or altered. */
export async function* openParts(ctx: Ctx, key: DataKey): AsyncGenerator<Uint8Array, void, undefined> {
  const { db, vault } = ctx.deps;
  for (let [seq, more] = [0, true]; more; seq += 1) {
    const part = await findPart(db, ctx.scope, key.recordId, seq);
    if (!part) throw new Error('a part of an attachment is missing');
    more = !part.last;
    yield vault.openBytes(key, slotOf(seq, part.last), part.sealed);
  }
}
