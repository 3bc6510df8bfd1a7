import { readAnchor } from '#usecases/read-anchor.ts';
import type { Handler } from './handler.ts';

/** Keeps a line outside the database. Kept twice, it says the same twice. */
export type KeepOutside = (line: string) => Promise<void>;

/** An anchor over the journal is written where whoever may write to the database may not. */
export const anchorMade =
  (keep: KeepOutside): Handler<'anchor.made'> =>
  async (makeCtx, { seq }) =>
    keep(await readAnchor(await makeCtx('anchors'), seq));
