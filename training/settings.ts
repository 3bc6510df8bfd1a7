import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { StartError } from '#platform/start-error.ts';

/** Keys of this training municipality, made at its first start and kept beside its data. Protects nobody's data. */
export const trainingKeys = (dir: string): string => {
  const file = join(dir, 'encryption-keys');
  if (existsSync(file)) return readFileSync(file, 'utf8').trim();
  const key = (): string => randomBytes(32).toString('base64');
  const text = `index:${key()},1:${key()}`;
  writeFileSync(file, `${text}\n`, { mode: 0o600 });
  return text;
};

/** For the command line beside a running training mode. */
export const writeSettings = (dir: string, settings: Record<string, string>): void => {
  writeFileSync(join(dir, 'settings.json'), `${JSON.stringify(settings, null, 2)}\n`, { mode: 0o600 });
};

/** Throws StartError with one sentence when the folder cannot be written. */
export const demandFolder = (dir: string): void => {
  try {
    mkdirSync(dir, { recursive: true });
    const probe = join(dir, '.writable');
    writeFileSync(probe, '');
  } catch {
    throw new StartError(
      `The folder ${dir} cannot be written; give this user the right to, or start in another folder.`,
    );
  }
};
