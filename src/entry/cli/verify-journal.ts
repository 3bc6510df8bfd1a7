import { verifyJournal } from '#usecases/verify-journal.ts';
import { readArgs, sayJson } from './args.ts';
import { type Command, REFUSED, Refusal, SUCCESS } from './edge.ts';
import { readText } from './files.ts';

const OPTIONS = { json: { type: 'boolean' }, anchors: { type: 'string' } } as const;

/**
 * `bindeled verify-journal`: do all chains of case events, seals and anchors still hold? With `--anchors FILE`, are all
 * anchors that were kept outside the database still in it?
 */
export const verifyJournalCommand: Command = async (args, edge) => {
  const { values } = readArgs(args, OPTIONS);
  const kept = values.anchors === undefined ? null : readText(values.anchors).split('\n');
  const state = await edge.withCtx((ctx) => verifyJournal(ctx, kept));
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
