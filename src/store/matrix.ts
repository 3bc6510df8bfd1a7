import { DomainError } from '#domain/errors.ts';
import type { MatrixRow } from '#domain/organisation.ts';
import type { Scope } from '#domain/scope.ts';
import { dates, type Tx } from './db.ts';
import { keepsMatrix } from './scope.ts';

/** Writes the responsibility matrix as it now is, whole. Under the setup's lock. Throws OUT_OF_SCOPE. */
export const replaceMatrix = async (tx: Tx, scope: Scope, matrix: readonly MatrixRow[]): Promise<void> => {
  if (!keepsMatrix(scope)) throw new DomainError('OUT_OF_SCOPE');
  await tx.matrixRow.deleteMany();
  await tx.matrixRow.createMany({
    data: matrix.map((row, position) => ({
      id: row.id,
      need: row.need,
      needEn: row.needEn,
      agesFrom: row.ages?.[0] ?? null,
      agesTo: row.ages?.[1] ?? null,
      unitId: row.unit,
      basis: row.basis,
      position,
      ...dates(row.validity),
      changeId: row.change,
      endedById: row.endedBy,
      precedentId: row.precedent,
    })),
  });
};
