import { findOrganisationVersion } from '#store/organisation.ts';
import { importCases } from '#usecases/import-cases.ts';
import { importOrganisation } from '#usecases/import-organisation.ts';
import { readArgs, sayJson } from './args.ts';
import { type Command, type Edge, Refusal, SUCCESS } from './edge.ts';
import { readText } from './files.ts';

const OPTIONS = { json: { type: 'boolean' } } as const;

type Counts = Readonly<Record<string, number | readonly string[]>>;

const answer = (edge: Edge, json: boolean | undefined, counts: Counts): number => {
  if (json) sayJson(edge, counts);
  else
    edge.say(
      Object.entries(counts)
        .filter(([, count]) => typeof count === 'number' || count.length > 0)
        .map(([name, count]) => `${name}: ${typeof count === 'number' ? count : count.join(', ')}`)
        .join('\n'),
    );
  return SUCCESS;
};

/** `bindeled import-cases FILE`: what the case system knows of children, whole or not at all. */
export const importCasesCommand: Command = async (args, edge) => {
  const { values, operands } = readArgs(args, OPTIONS, ['FILE']);
  const text = readText(operands[0] ?? '');
  const counts = await edge.withCtx(async (ctx) => {
    if ((await findOrganisationVersion(ctx.deps.db, ctx.scope)) === 0) {
      throw new Refusal('No organisation has been imported yet; run bindeled import-organisation');
    }
    return importCases(ctx, text);
  });
  return answer(edge, values.json, counts);
};

/** `bindeled import-organisation FILE`: units, people and rules of the municipality, whole or not at all. */
export const importOrganisationCommand: Command = async (args, edge) => {
  const { values, operands } = readArgs(args, OPTIONS, ['FILE']);
  const text = readText(operands[0] ?? '');
  return answer(edge, values.json, await edge.withCtx((ctx) => importOrganisation(ctx, text)));
};
