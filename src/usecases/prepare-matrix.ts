import { DomainError } from '#domain/errors.ts';
import { canonical } from '#domain/journal.ts';
import { applyMatrix, matrixChange } from '#domain/matrix-change.ts';
import { replaceMatrix } from '#store/matrix.ts';
import { findPrecedent, nameNeed } from '#store/precedents.ts';
import { raiseOrganisationVersion } from '#store/setup.ts';
import { parseChange } from './parse-change.ts';
import { pastRoutings } from './past-routings.ts';
import type { Prepare } from './prepared-change.ts';
import { currentWorld } from './world.ts';

/**
 * A row of the responsibility matrix, made or ended. The digest covers the matrix as it stands: what is confirmed is the
 * row, over the matrix that was shown. Of the past nothing moves, so a referral that came meanwhile refuses nobody.
 */
export const prepareMatrix: Prepare = async (ctx, tx, { id, payload, months }, _lock) => {
  const change = parseChange(matrixChange, payload);
  const { organisation } = await currentWorld(ctx, tx);
  const precedent = change.what === 'matrix-row' ? change.precedent : null;
  if (precedent !== null && !(await findPrecedent(tx, ctx.scope, precedent))) throw new DomainError('NOT_FOUND');
  const { matrix, need, on } = applyMatrix(organisation, change, id, ctx.now);
  // In an order of their own: an import may bring the same rows in another.
  const rows = organisation.matrix.map((row) => canonical({ ...row, validity: JSON.stringify(row.validity) }));
  const covered = canonical([id, rows.toSorted()]);
  return {
    moves: [],
    past: await pastRoutings(ctx, tx, organisation, { matrix, need, on, precedent, months }),
    digest: Buffer.from(ctx.deps.vault.digest(covered)).toString('hex'),
    write: async () => {
      await replaceMatrix(tx, ctx.scope, matrix);
      await raiseOrganisationVersion(tx, ctx.scope);
      if (precedent !== null) await nameNeed(tx, ctx.scope, precedent, need);
    },
  };
};
