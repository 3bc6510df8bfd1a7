import { DomainError } from '#domain/errors.ts';
import { anchorLine, anchorText, headText, sealFault, sealText } from '#domain/seals.ts';
import type { Tx } from '#store/db.ts';
import { findAnchors, findLooseEnds, findSeals, findUnsealedReads, type StoredSeal } from '#store/seals.ts';
import type { Ctx } from './context.ts';
import { isOurRead } from './read-mac.ts';

/** Seals of about two days, each with what stands under it. */
const PAGE = 20_000;
const READS = 10_000;

export type SealState = {
  /** Reads on record, sealed or not. */
  readonly reads: number;
  /** In words without personal data; null when all holds. */
  readonly fault: string | null;
};

/**
 * Does what the seals and anchors have seen still stand here? `kept`: anchor lines from outside the database, or null
 * when there are none to compare with. `tx` sees one instant.
 */
export const verifySeals = async (ctx: Ctx, tx: Tx, kept: readonly string[] | null): Promise<SealState> => {
  const { scope } = ctx;
  const { vault } = ctx.deps;
  const ends = await findLooseEnds(tx, scope);
  if (!ends) throw new DomainError('OUT_OF_SCOPE');
  const state = (fault: string | null): SealState => ({ reads: ends.reads, fault });

  const seals: StoredSeal[] = [];
  let page = await findSeals(tx, scope, 0, PAGE);
  while (page.length > 0) {
    seals.push(...page);
    page = await findSeals(tx, scope, page.at(-1)?.seq ?? 0, PAGE);
  }
  const broken = sealFault('seal', seals, (seal) => vault.index('seal', sealText(seal, seal)));
  if (broken) return state(broken);

  const last = seals.at(-1);
  const isLast = last
    ? ends.headMac !== null && vault.matches(ends.headMac, vault.index('journal-head', headText(last.seq, last.hash)))
    : (ends.headSeq ?? 0) === 0;
  if (!isLast) return state('the last seal is missing');
  if (ends.strays > 0) return state(`${ends.strays} entries stand under a seal that is not there`);
  if (ends.changed) return state(`referral ${ends.changed} does not hold what a seal has seen`);

  for (const read of await findUnsealedReads(tx, scope, null, READS)) {
    if (!isOurRead(vault, read)) return state(`read ${read.id} was not written by the product`);
  }

  const anchors = await findAnchors(tx, scope);
  const loose = sealFault('anchor', anchors, ({ at, sealHash, ...anchor }) =>
    vault.index(
      'anchor',
      anchorText({ ...anchor, atMs: at.epochMilliseconds, sealHash: sealHash ?? new Uint8Array() }),
    ),
  );
  if (loose) return state(loose);
  const here = new Set(anchors.map(anchorLine));
  const lost = (kept ?? []).findIndex((line) => line.trim() !== '' && !here.has(line.trim()));
  return state(lost === -1 ? null : `the anchor kept outside in line ${lost + 1} is not here`);
};
