import { verifyJournal } from '#usecases/verify-journal.ts';
import { readArgs, sayJson } from './args.ts';
import { type Command, REFUSED, Refusal, SUCCESS } from './edge.ts';

const OPTIONS = { json: { type: 'boolean' } } as const;

/** `bindeled verify-journal`: does every referral's chain of case events still hold? */
export const verifyJournalCommand: Command = async (args, edge) => {
  const { values } = readArgs(args, OPTIONS);
  const state = await edge.withCtx(verifyJournal);
  const { entries, firstBroken } = state;
  if (values.json) {
    sayJson(edge, state);
    return firstBroken ? REFUSED : SUCCESS;
  }
  if (firstBroken) {
    const { referralId, seq, what } = firstBroken;
    const where = referralId === null ? '' : ` at referral ${referralId}, entry ${seq}`;
    throw new Refusal(`The journal is broken${where}: ${what}`);
  }
  edge.say(`The journal is intact: ${entries} entries.`);
  return SUCCESS;
};
