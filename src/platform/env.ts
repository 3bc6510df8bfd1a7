import { z } from 'zod';
import { type EncryptionKeys, parseEncryptionKeys } from './encryption-keys.ts';
import { StartError } from './start-error.ts';

/** Settings of production mode, checked. `queueUrl` is the database's when QUEUE_URL is not set. */
export type ProductionEnv = {
  readonly databaseUrl: string;
  readonly queueUrl: string;
  readonly smtpUrl: string;
  readonly oidcIssuer: string;
  readonly oidcClientId: string;
  readonly oidcClientSecret: string;
  readonly encryptionKeys: EncryptionKeys;
  /** Without a slash at its end. */
  readonly publicUrl: string;
  readonly port: number;
};

const url = (...protocols: readonly string[]) =>
  z.string().refine(
    (text) => {
      const parsed = URL.parse(text);
      return parsed !== null && parsed.hostname !== '' && protocols.includes(parsed.protocol.slice(0, -1));
    },
    `must be an address that begins with ${protocols.map((protocol) => `${protocol}://`).join(' or ')}`,
  );

const text = z.string();
const postgres = ['postgres', 'postgresql'] as const;

const SETTINGS = z.object({
  DATABASE_URL: url(...postgres),
  QUEUE_URL: url('redis', 'rediss', ...postgres).optional(),
  SMTP_URL: url('smtp', 'smtps'),
  OIDC_ISSUER: url('https', 'http'),
  OIDC_CLIENT_ID: text,
  OIDC_CLIENT_SECRET: text,
  ENCRYPTION_KEYS: text,
  PUBLIC_URL: url('https', 'http'),
  MODE: z.enum(['production', 'training'], 'must be production or training').default('production'),
  PORT: z
    .string()
    .regex(/^\d{1,5}$/, 'must be a port between 1 and 65535')
    .transform(Number)
    .refine((port) => port >= 1 && port <= 65_535, 'must be a port between 1 and 65535')
    .default(4000),
});

/** An empty value counts as not set: that is how env files and container tools say "none". */
const present = (env: Readonly<Record<string, unknown>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) =>
      typeof value !== 'string' || value.trim() === '' ? [] : [[name, value.trim()]],
    ),
  );

const sentence = (issue: z.core.$ZodIssue | undefined, set: Record<string, string>): string => {
  const name = String(issue?.path[0] ?? 'A setting');
  return name in set ? `${name} ${issue?.message ?? 'is malformed'}.` : `${name} is not set.`;
};

const withoutSlash = (address: string): string => address.replace(/\/+$/, '');

/**
 * Reads the settings of production mode. Throws StartError with one sentence that names the first setting at fault and
 * never its value, because a value may be a password.
 */
export const productionEnv = (env: NodeJS.ProcessEnv): ProductionEnv => {
  const set = present(env);
  const parsed = SETTINGS.omit({ MODE: true }).safeParse(set);
  if (!parsed.success) throw new StartError(sentence(parsed.error.issues[0], set));
  const settings = parsed.data;
  return {
    databaseUrl: settings.DATABASE_URL,
    queueUrl: settings.QUEUE_URL ?? settings.DATABASE_URL,
    smtpUrl: settings.SMTP_URL,
    oidcIssuer: settings.OIDC_ISSUER,
    oidcClientId: settings.OIDC_CLIENT_ID,
    oidcClientSecret: settings.OIDC_CLIENT_SECRET,
    encryptionKeys: parseEncryptionKeys(settings.ENCRYPTION_KEYS),
    publicUrl: withoutSlash(settings.PUBLIC_URL),
    port: settings.PORT,
  };
};

/** PORT alone, for training mode, which needs no other setting. Same default and same sentence. */
export const portSetting = (env: NodeJS.ProcessEnv): number => {
  const set = present(env);
  const parsed = SETTINGS.pick({ PORT: true }).safeParse(set);
  if (!parsed.success) throw new StartError(sentence(parsed.error.issues[0], set));
  return parsed.data.PORT;
};

/** The database's address alone, for migrating. Same sentence. */
export const databaseUrlSetting = (env: NodeJS.ProcessEnv): string => {
  const set = present(env);
  const parsed = SETTINGS.pick({ DATABASE_URL: true }).safeParse(set);
  if (!parsed.success) throw new StartError(sentence(parsed.error.issues[0], set));
  return parsed.data.DATABASE_URL;
};

/** What commands on the database need. Same sentences. */
export const databaseSettings = (env: NodeJS.ProcessEnv): { databaseUrl: string; encryptionKeys: EncryptionKeys } => {
  const set = present(env);
  const parsed = SETTINGS.pick({ DATABASE_URL: true, ENCRYPTION_KEYS: true }).safeParse(set);
  if (!parsed.success) throw new StartError(sentence(parsed.error.issues[0], set));
  const { DATABASE_URL, ENCRYPTION_KEYS } = parsed.data;
  return { databaseUrl: DATABASE_URL, encryptionKeys: parseEncryptionKeys(ENCRYPTION_KEYS) };
};

/** Settings of the Workers entry, whose database comes by a binding. */
export type WorkerEnv = {
  readonly encryptionKeys: EncryptionKeys;
  /** Without a slash at its end. */
  readonly publicUrl: string;
  readonly training: boolean;
};

/** Reads what is text among the bindings of a Worker. Same sentences. */
export const workerEnv = (bindings: Readonly<Record<string, unknown>>): WorkerEnv => {
  const set = present(bindings);
  const parsed = SETTINGS.pick({ ENCRYPTION_KEYS: true, PUBLIC_URL: true, MODE: true }).safeParse(set);
  if (!parsed.success) throw new StartError(sentence(parsed.error.issues[0], set));
  const { ENCRYPTION_KEYS, PUBLIC_URL, MODE } = parsed.data;
  return {
    encryptionKeys: parseEncryptionKeys(ENCRYPTION_KEYS),
    publicUrl: withoutSlash(PUBLIC_URL),
    training: MODE === 'training',
  };
};
