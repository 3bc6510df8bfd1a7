import { readArgs, sayJson } from './args.ts';
import {
  checkClock,
  checkDatabase,
  checkIdentityProvider,
  checkMail,
  checkQueue,
  checkScanner,
  checkSettings,
} from './checks.ts';
import { type Command, REFUSED, SUCCESS } from './edge.ts';
import { settingsIn } from './settings.ts';

/** `bindeled doctor`: every part that must work, and what to do about each that does not. */
export const doctor: Command = async (args, edge) => {
  const { values } = readArgs(args, { json: { type: 'boolean' } });
  const { env, training } = settingsIn(edge);
  const [database, queue, mail, identity, scanner] = await Promise.all([
    checkDatabase(env, training),
    checkQueue(env),
    checkMail(env),
    checkIdentityProvider(env, training),
    checkScanner(env),
  ]);
  const { date, ...identityProvider } = identity;
  const clock = await checkClock(date);
  const checks = [checkSettings(env, training), database, queue, mail, identityProvider, clock, scanner];
  const ok = checks.every((check) => check.ok);
  if (values.json) sayJson(edge, { ok, checks });
  else edge.say(checks.map(({ name, ok, says }) => `${ok ? 'ok  ' : 'MEND'}  ${name.padEnd(17)}  ${says}`).join('\n'));
  return ok ? SUCCESS : REFUSED;
};
