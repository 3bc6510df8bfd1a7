import { Redis } from 'ioredis';
import { createTransport } from 'nodemailer';
import pg from 'pg';
import { z } from 'zod';
import { atLocal, type Instant, isBefore, T, withOffset } from '#domain/time.ts';
import { systemClock } from '#platform/clock.ts';
import { databaseUrlSetting, productionEnv } from '#platform/env.ts';
import { pendingMigrations } from '#platform/migrate.ts';
import { pingClamd } from '#platform/scanner.ts';
import { isScannerUrl } from '#platform/scanner-url.ts';
import { StartError } from '#platform/start-error.ts';
import { sentenceOf } from './edge.ts';

/** `says` is how it is, and what to do when it is not `ok`. Never holds the value of a setting. */
export type Check = { readonly name: string; readonly ok: boolean; readonly says: string };

const WAIT_MS = 5_000;
const DISCOVERY = z.object({ issuer: z.string(), authorization_endpoint: z.string(), token_endpoint: z.string() });
/** Beyond this, codes of a login and periods of an hour come out wrong. */
const CLOCK_MS = 60_000;
/** No notification of this system is older: what the clock says before was never true. */
const EARLIEST = atLocal(T.PlainDate.from('2024-01-01'), '00:00');

const good = (name: string, says: string): Check => ({ name, ok: true, says });
const bad = (name: string, says: string): Check => ({ name, ok: false, says });

/** Codes such as ECONNREFUSED; never a message, which may quote a password. */
const codeOf = (error: unknown): string => {
  const inner = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return inner instanceof Error && 'code' in inner ? String(inner.code) : 'no answer';
};

const settingOf = (env: NodeJS.ProcessEnv, name: string): string | null => env[name]?.trim() || null;

export const checkSettings = (env: NodeJS.ProcessEnv, training: boolean): Check => {
  if (training) return good('settings', 'those of training mode');
  try {
    productionEnv(env);
    return good('settings', 'all are there and well formed');
  } catch (error) {
    return bad('settings', sentenceOf(error));
  }
};

/** Connects, asks and lets go. Throws what pg throws; does not wait long for a host that swallows packets. */
const onPostgres = async <R>(url: string, work: (client: pg.Client) => Promise<R>): Promise<R> => {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: WAIT_MS });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return await work(client);
  } finally {
    await client.end().catch(() => undefined);
  }
};

export const checkDatabase = async (env: NodeJS.ProcessEnv, training: boolean): Promise<Check> => {
  try {
    const url = databaseUrlSetting(env);
    await onPostgres(url, (client) => client.query('select 1'));
    const pending = await pendingMigrations(url);
    return pending.length === 0
      ? good('database', 'answers, and has every migration')
      : bad('database', `lacks ${pending.length} migrations; run bindeled migrate.`);
  } catch (error) {
    if (training) return bad('database', 'Training mode is not running; run npm start.');
    if (error instanceof StartError) return bad('database', sentenceOf(error));
    return bad('database', `PostgreSQL does not answer (${codeOf(error)}); see DATABASE_URL, and that it runs.`);
  }
};

const checkRedis = async (url: string): Promise<Check> => {
  const redis = new Redis(url, { lazyConnect: true, connectTimeout: WAIT_MS, retryStrategy: () => null });
  redis.on('error', () => undefined);
  try {
    await redis.connect();
    const [, policy] = (await redis.config('GET', 'maxmemory-policy').catch(() => [])) as string[];
    return policy === undefined || policy === 'noeviction'
      ? good('queue', 'Redis answers')
      : bad('queue', `Redis may throw jobs away: set its maxmemory-policy to noeviction (it is ${policy}).`);
  } catch (error) {
    return bad('queue', `Redis does not answer (${codeOf(error)}); see QUEUE_URL, its password, and that it runs.`);
  } finally {
    redis.disconnect();
  }
};

const checkPostgresQueue = async (url: string): Promise<Check> => {
  try {
    const { rows } = await onPostgres(url, (client) =>
      client.query<{ may: boolean }>(
        `select has_database_privilege(current_database(), 'create') or to_regnamespace('bullmq') is not null as may`,
      ),
    );
    return rows[0]?.may
      ? good('queue', 'PostgreSQL answers')
      : bad('queue', 'The role may not make the schema bullmq; grant it CREATE on the database.');
  } catch (error) {
    return bad('queue', `PostgreSQL does not answer (${codeOf(error)}); see QUEUE_URL or DATABASE_URL.`);
  }
};

export const checkQueue = async (env: NodeJS.ProcessEnv): Promise<Check> => {
  const url = settingOf(env, 'QUEUE_URL') ?? settingOf(env, 'DATABASE_URL');
  if (url === null) return bad('queue', 'QUEUE_URL is not set, nor DATABASE_URL, which it defaults to.');
  return /^rediss?:/i.test(url) ? checkRedis(url) : checkPostgresQueue(url);
};

export const checkMail = async (env: NodeJS.ProcessEnv): Promise<Check> => {
  const url = settingOf(env, 'SMTP_URL');
  if (url === null) return bad('mail', 'SMTP_URL is not set.');
  const waits = { dnsTimeout: WAIT_MS, connectionTimeout: WAIT_MS, greetingTimeout: WAIT_MS, socketTimeout: WAIT_MS };
  const transport = createTransport({ url, disableFileAccess: true, disableUrlAccess: true, ...waits });
  try {
    await transport.verify();
    return good('mail', 'the server greets, and takes our login where it has one');
  } catch (error) {
    return codeOf(error) === 'EAUTH'
      ? bad('mail', 'The mail server refuses the login of SMTP_URL; see its user and password.')
      : bad('mail', `The mail server does not answer (${codeOf(error)}); see SMTP_URL, and that it runs.`);
  } finally {
    transport.close();
  }
};

/** None is set where files are cleared as they come, which is said and is no fault. */
export const checkScanner = async (env: NodeJS.ProcessEnv): Promise<Check> => {
  const url = settingOf(env, 'SCANNER_URL');
  if (url === null) return good('scanner', 'none is set: files are not looked through for malware');
  if (!isScannerUrl(url)) return bad('scanner', 'SCANNER_URL is malformed; it begins with tcp:// or unix:/.');
  return (await pingClamd(url))
    ? good('scanner', 'answers')
    : bad('scanner', 'clamd does not answer; see SCANNER_URL, and that it runs. Files are held until it does.');
};

/** `date` is the provider's own time, to compare ours with. */
export const checkIdentityProvider = async (
  env: NodeJS.ProcessEnv,
  training: boolean,
): Promise<Check & { readonly date: string | null }> => {
  const name = 'identity provider';
  const issuer = settingOf(env, 'OIDC_ISSUER');
  if (issuer === null) {
    const check = training ? good(name, 'training mode has its own login') : bad(name, 'OIDC_ISSUER is not set.');
    return { ...check, date: null };
  }
  try {
    const answer = await fetch(`${issuer.replace(/\/+$/, '')}/.well-known/openid-configuration`, {
      signal: AbortSignal.timeout(WAIT_MS),
    });
    const date = answer.headers.get('date');
    const found = DISCOVERY.safeParse(answer.ok ? await answer.json().catch(() => null) : null);
    if (!found.success) return { ...bad(name, 'has no discovery document there; see OIDC_ISSUER.'), date };
    return found.data.issuer.replace(/\/+$/, '') === issuer.replace(/\/+$/, '')
      ? { ...good(name, 'answers'), date }
      : { ...bad(name, 'calls itself otherwise than OIDC_ISSUER does; set it to the issuer it names.'), date };
  } catch (error) {
    return { ...bad(name, `does not answer (${codeOf(error)}); see OIDC_ISSUER and the network.`), date: null };
  }
};

/** HTTP dates are RFC 9110's; null for none or anything else. */
const httpDate = (date: string | null): Instant | null => {
  const ms = date === null ? Number.NaN : Date.parse(date);
  return Number.isNaN(ms) ? null : T.Instant.fromEpochMilliseconds(ms);
};

export const checkClock = async (date: string | null): Promise<Check> => {
  const now = await systemClock.now();
  if (isBefore(now, EARLIEST)) return bad('clock', `It says ${withOffset(now)}; set the machine's clock.`);
  const there = httpDate(date);
  if (there === null) return good('clock', `It says ${withOffset(now)}; nothing else was there to compare it with`);
  const off = Math.abs(now.epochMilliseconds - there.epochMilliseconds);
  return off <= CLOCK_MS
    ? good('clock', 'agrees with that of the identity provider')
    : bad(
        'clock',
        `Is ${Math.round(off / 1000)} seconds off that of the identity provider; set up time synchronisation.`,
      );
};
