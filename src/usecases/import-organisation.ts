import { DomainError } from '#domain/errors.ts';
import { withFileMatrix } from '#domain/matrix.ts';
import { type OrganisationError, parseOrganisation } from '#domain/organisation-file.ts';
import { demand } from '#domain/policy.ts';
import { localDay } from '#domain/time.ts';
import { inTransaction } from '#store/db.ts';
import { findOrganisation } from '#store/organisation.ts';
import { replaceOrganisation } from '#store/organisation-import.ts';
import { lockSetup } from '#store/setup.ts';
import type { Ctx } from './context.ts';
import { recordKeptMatrix, takeRegulations, takeRota } from './take-setup.ts';

export type OrganisationCounts = {
  readonly version: number;
  readonly departments: number;
  readonly units: number;
  readonly people: number;
  readonly matrixRows: number;
  /** Needs of which the file says something else than what two people have decided here, which stands. */
  readonly matrixKept: readonly string[];
  readonly neighbours: number;
};

const refusal = (errors: readonly OrganisationError[]): DomainError => {
  const fields = errors.map(({ line, field, message }) => {
    const where = field === '' ? '' : `, ${field}`;
    const [da, en] = [`Linje ${line}${where}: ${message}`, `Line ${line}${where}: ${message}`];
    return { path: field, code: 'organisation', da, en };
  });
  return new DomainError('INVALID', fields[0], fields);
};

/**
 * Replaces the organisation by the one of a file's text, whole or not at all. Importing the same text again only
 * raises the version. Rows of the responsibility matrix that two people have decided here stand. Throws INVALID, each field naming its line; the first of them is the reason.
 */
export const importOrganisation = async (ctx: Ctx, text: string): Promise<OrganisationCounts> => {
  demand(ctx.actor, 'organisation.import');
  const parsed = parseOrganisation(text);
  if ('errors' in parsed) throw refusal(parsed.errors);
  const { organisation: file } = parsed;
  return inTransaction(ctx.deps.db, async (tx) => {
    await lockSetup(tx, ctx.scope);
    const was = await findOrganisation(tx, ctx.scope);
    const { matrix, kept } = withFileMatrix(was?.organisation.matrix ?? [], file.matrix);
    const organisation = { ...file, matrix };
    const version = await replaceOrganisation(tx, ctx.scope, organisation, localDay(ctx.now), ctx.now);
    await takeRegulations(ctx, tx, was?.organisation ?? null, organisation);
    await takeRota(ctx, tx, organisation, was === null);
    if (kept.length > 0) await recordKeptMatrix(ctx, tx, kept);
    return {
      version,
      departments: organisation.departments.size,
      units: organisation.units.size,
      people: organisation.people.size,
      matrixRows: matrix.length,
      matrixKept: kept,
      neighbours: organisation.municipality.neighbours.length,
    };
  });
};
