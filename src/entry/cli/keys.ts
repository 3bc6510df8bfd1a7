import { readKeys } from '#usecases/read-keys.ts';
import { readArgs, sayJson } from './args.ts';
import { type Command, SUCCESS } from './edge.ts';

const OPTIONS = { json: { type: 'boolean' } } as const;

/** `bindeled keys`: how far is a rotation of the master keys? */
export const keysCommand: Command = async (args, edge) => {
  const { values } = readArgs(args, OPTIONS);
  const use = await edge.withCtx(readKeys);
  if (values.json) {
    sayJson(edge, use);
    return SUCCESS;
  }
  for (const { version, keys } of use.versions) edge.say(`Key ${version} opens ${keys} records.`);
  edge.say(
    use.left === 0
      ? `Key ${use.current} seals, and no other key is needed.`
      : `Key ${use.current} seals; ${use.left} records are still to be wrapped with it. Keep the other keys.`,
  );
  return SUCCESS;
};
