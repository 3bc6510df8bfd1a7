import { type CaseListError, parseCaseList } from '#domain/case-list-file.ts';
import { DomainError } from '#domain/errors.ts';
import { demand } from '#domain/policy.ts';
import { upsertKnownCases } from '#store/children.ts';
import type { Ctx } from './context.ts';
import { currentWorld } from './world.ts';

export type CaseCounts = {
  readonly rows: number;
  readonly written: number;
  /** Left out because what stands here was seen later. */
  readonly older: number;
};

const refusal = (errors: readonly CaseListError[]): DomainError => {
  const fields = errors.map(({ line, field, message }) => {
    const where = field === '' ? '' : `, ${field}`;
    const [da, en] = [`Linje ${line}${where}: ${message}`, `Line ${line}${where}: ${message}`];
    return { path: field, code: 'case-list', da, en };
  });
  return new DomainError('INVALID', fields[0], fields);
};

/**
 * Takes in what the case system knows of children, whole or not at all, in one statement. Newer facts replace older
 * ones, whatever the order of the files; the same file twice changes nothing. A CPR is kept as its blind index only.
 * Throws INVALID, each field naming its line and never its value.
 */
export const importCases = async (ctx: Ctx, text: string): Promise<CaseCounts> => {
  demand(ctx.actor, 'cases.import');
  const { deps, scope, now } = ctx;
  const { organisation } = await currentWorld(ctx);
  const parsed = parseCaseList(text, { training: deps.training, organisation, now });
  if ('errors' in parsed) throw refusal(parsed.errors);
  const rows = parsed.rows.map(({ cpr, unit, caseworker, ...facts }) => ({
    ...facts,
    cprIndex: deps.vault.index('cpr', cpr),
    unitId: unit,
    caseworkerId: caseworker,
  }));
  // In one order, so that two imports at once wait for each other instead of deadlocking.
  rows.sort((a, b) => Buffer.compare(a.cprIndex, b.cprIndex));
  const written = rows.length === 0 ? 0 : await upsertKnownCases(deps.db, scope, rows, now);
  return { rows: rows.length, written, older: rows.length - written };
};
