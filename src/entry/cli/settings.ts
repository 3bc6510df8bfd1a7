import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import type { EncryptionKeys } from '#platform/encryption-keys.ts';
import { databaseSettings, databaseUrlSetting } from '#platform/env.ts';
import { StartError } from '#platform/start-error.ts';
import type { Edge } from './edge.ts';
import { readJson, shaped } from './files.ts';

/** What training mode leaves for the command line, in the folder in which it was started. */
const TRAINING_FILE = join('.bindeled', 'settings.json');
const TRAINING = z.object({ databaseUrl: z.string(), encryptionKeys: z.string(), smtpUrl: z.string() });

type Outside = Pick<Edge, 'env' | 'note'>;

/**
 * The environment, with the database, keys and mail server of training mode where DATABASE_URL is not set and training
 * mode was started in this folder; that is said on standard error.
 */
export const settingsIn = ({ env, note }: Outside): { readonly env: NodeJS.ProcessEnv; readonly training: boolean } => {
  if (env['DATABASE_URL']?.trim() || !existsSync(resolve(TRAINING_FILE))) return { env, training: false };
  const { databaseUrl, encryptionKeys, smtpUrl } = shaped(TRAINING_FILE, TRAINING, readJson(resolve(TRAINING_FILE)));
  note('DATABASE_URL is not set: this is the training municipality of this folder.');
  const training = { DATABASE_URL: databaseUrl, ENCRYPTION_KEYS: encryptionKeys, SMTP_URL: smtpUrl };
  return { env: { ...env, ...training }, training: true };
};

/** Throws StartError with one sentence. */
export const databaseUrlOf = (outside: Outside): string => databaseUrlSetting(settingsIn(outside).env);

export const databaseOf = (
  outside: Outside,
): { readonly databaseUrl: string; readonly encryptionKeys: EncryptionKeys; readonly training: boolean } => {
  const { env, training } = settingsIn(outside);
  return { ...databaseSettings(env), training };
};

/** Nobody is at the address that training mode had: it has been stopped. */
export const unreachable = (training: boolean, error: unknown): unknown =>
  training && error instanceof StartError
    ? new StartError('The training municipality of this folder is not running; start it with npm start.', {
        cause: error,
      })
    : error;
