/**
 * Preloaded into a process that prints lines (`node --import`): SIGKILL takes it between two of them, when it has
 * printed `DIE_AFTER_LINES` and `DIE_AFTER_MS` milliseconds more have passed, at the latest where it would print on.
 */
import process, { env, stdout } from 'node:process';

const write = stdout.write.bind(stdout) as (text: string) => boolean;
const delay = Number(env['DIE_AFTER_MS']);
let left = Number(env['DIE_AFTER_LINES']);
const die = (): void => void process.kill(process.pid, 'SIGKILL');

stdout.write = (text: unknown): boolean => {
  if (left === 0) die();
  const done = write(String(text));
  left -= 1;
  if (left === 0 && delay === 0) die();
  else if (left === 0) setTimeout(die, delay);
  return done;
};
