import { z } from 'zod';
import type { ClaimMapping } from '#domain/login-claims.ts';
import { type EncryptionKeys, parseEncryptionKeys } from './encryption-keys.ts';
import { isScannerUrl } from './scanner-url.ts';
import { StartError } from './start-error.ts';

/** How people log in: the provider, and what its claims mean here. */
export type LoginEnv = {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly mapping: ClaimMapping;
};

/** Settings of production mode, checked. `queueUrl` is the database's when QUEUE_URL is not set. */
export type ProductionEnv = {
  readonly databaseUrl: string;
  readonly queueUrl: string;
  readonly smtpUrl: string;
  /** Where each day's anchor over the journal is kept outside the database; null when nowhere. */
  readonly anchorFile: string | null;
  /** Of clamd, which looks files through; null when files are cleared as they come. */
  readonly scannerUrl: string | null;
  readonly login: LoginEnv;
  readonly encryptionKeys: EncryptionKeys;
  /** Without a slash at its end. */
  readonly publicUrl: string;
  readonly port: number;
  /** How many proxies of our own stand between the visitors and this process. */
  readonly trustedProxies: number;
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

/** clamd's own two ways to listen. */
const scanner = text.refine(isScannerUrl, 'must be an address that begins with tcp:// or unix:/');

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];
/** Who somebody is must not be told in the clear, but for a provider on the same machine. */
const issuer = url('https', 'http').refine((address) => {
  const parsed = URL.parse(address);
  return parsed?.protocol === 'https:' || LOOPBACK.includes(parsed?.hostname ?? '');
}, 'must begin with https://');

const name = z.string().min(1);
/** Left out, `sub` is the person's id, and the organisation says the rest. */
const CLAIMS = z.strictObject({
  person: name.default('sub'),
  match: z.enum(['id', 'email']).default('id'),
  unit: name.nullable().default(null),
  roles: z
    .strictObject({ claim: name, names: z.record(z.string(), name) })
    .nullable()
    .default(null),
  strength: z
    .strictObject({ claim: name, values: z.array(name).min(1) })
    .nullable()
    .default(null),
});

const claims = z.string().transform((json, context): ClaimMapping => {
  try {
    const parsed = CLAIMS.safeParse(JSON.parse(json));
    if (parsed.success) return parsed.data;
  } catch {
    // Told below, like a form that does not fit.
  }
  context.addIssue({
    code: 'custom',
    message: 'must be JSON that says which claims name person, unit, roles and strength',
  });
  return z.NEVER;
});
const postgres = ['postgres', 'postgresql'] as const;

const SETTINGS = z.object({
  DATABASE_URL: url(...postgres),
  QUEUE_URL: url('redis', 'rediss', ...postgres).optional(),
  SMTP_URL: url('smtp', 'smtps'),
  OIDC_ISSUER: issuer,
  OIDC_CLIENT_ID: text,
  OIDC_CLIENT_SECRET: text,
  OIDC_CLAIMS: claims.default(CLAIMS.parse({})),
  ENCRYPTION_KEYS: text,
  ANCHOR_FILE: text.refine((path) => path.startsWith('/'), 'must be a path from the root').optional(),
  SCANNER_URL: scanner.optional(),
  PUBLIC_URL: url('https', 'http'),
  MODE: z.enum(['production', 'training'], 'must be production or training').default('production'),
  PORT: z
    .string()
    .regex(/^\d{1,5}$/, 'must be a port between 1 and 65535')
    .transform(Number)
    .refine((port) => port >= 1 && port <= 65_535, 'must be a port between 1 and 65535')
    .default(4000),
  TRUSTED_PROXIES: z
    .string()
    .regex(/^[0-9]$/, 'must be how many proxies stand in front, 0 to 9')
    .transform(Number)
    .default(0),
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

const LOGIN = { OIDC_ISSUER: true, OIDC_CLIENT_ID: true, OIDC_CLIENT_SECRET: true, OIDC_CLAIMS: true } as const;
const loginOf = (settings: Pick<z.infer<typeof SETTINGS>, keyof typeof LOGIN>): LoginEnv => ({
  issuer: settings.OIDC_ISSUER,
  clientId: settings.OIDC_CLIENT_ID,
  clientSecret: settings.OIDC_CLIENT_SECRET,
  mapping: settings.OIDC_CLAIMS,
});

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
    anchorFile: settings.ANCHOR_FILE ?? null,
    scannerUrl: settings.SCANNER_URL ?? null,
    login: loginOf(settings),
    encryptionKeys: parseEncryptionKeys(settings.ENCRYPTION_KEYS),
    publicUrl: withoutSlash(settings.PUBLIC_URL),
    port: settings.PORT,
    trustedProxies: settings.TRUSTED_PROXIES,
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
  /** Null only in training mode, where it may be left out. */
  readonly login: LoginEnv | null;
};

/** Reads what is text among the bindings of a Worker. Same sentences. */
export const workerEnv = (bindings: Readonly<Record<string, unknown>>): WorkerEnv => {
  const set = present(bindings);
  const parsed = SETTINGS.pick({ ENCRYPTION_KEYS: true, PUBLIC_URL: true, MODE: true }).safeParse(set);
  if (!parsed.success) throw new StartError(sentence(parsed.error.issues[0], set));
  const { ENCRYPTION_KEYS, PUBLIC_URL, MODE } = parsed.data;
  const training = MODE === 'training';
  const login = training && !('OIDC_ISSUER' in set) ? null : SETTINGS.pick(LOGIN).safeParse(set);
  if (login && !login.success) throw new StartError(sentence(login.error.issues[0], set));
  return {
    encryptionKeys: parseEncryptionKeys(ENCRYPTION_KEYS),
    publicUrl: withoutSlash(PUBLIC_URL),
    training,
    login: login && loginOf(login.data),
  };
};
