import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { axeFindings, openBrowser, overflow } from '#test/support/browser.ts';
import { callOver, Refused } from '#test/support/browser-calls.ts';
import { makeBrowser } from '#test/support/log-in.ts';
import { type Municipality, startMunicipality } from '#training/municipality.ts';
import { freePort } from '#training/ports.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const WHO = 'intake-bbu-norrebro';

let dir: string;
let town: Municipality;
/** `bindeled serve`, three times: production mode over the training municipality's database and provider. */
/** What is demanded of a login: by the first no more than the training municipality's own gives, by `strict` more. */
const NSIS = 'https://data.gov.dk/concept/core/nsis/loa';
const demanding = (...levels: readonly string[]) =>
  JSON.stringify({ strength: { claim: 'acr', values: levels.map((level) => `${NSIS}/${level}`) } });
let serving: { readonly url: string; readonly child: ChildProcess; readonly output: () => string }[];

const settings = (port: number, claims: string): NodeJS.ProcessEnv => {
  const { encryptionKeys } = JSON.parse(readFileSync(join(dir, 'town', 'settings.json'), 'utf8'));
  return {
    PATH: process.env.PATH,
    DATABASE_URL: town.databaseUrl,
    SMTP_URL: 'smtp://127.0.0.1:9',
    OIDC_ISSUER: town.login.issuer,
    OIDC_CLIENT_ID: town.login.clientId,
    OIDC_CLIENT_SECRET: town.login.clientSecret,
    OIDC_CLAIMS: claims,
    ENCRYPTION_KEYS: encryptionKeys,
    PUBLIC_URL: `http://localhost:${port}`,
    PORT: String(port),
  };
};

const serve = async (port: number, claims: string) => {
  const child = spawn(process.execPath, ['src/entry/cli.ts', 'serve'], {
    cwd: ROOT,
    env: settings(port, claims),
    stdio: 'pipe',
  });
  const printed: string[] = [];
  const output = (): string => printed.join('');
  const started = Promise.withResolvers<void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (bytes) => {
      printed.push(String(bytes));
      if (output().includes('serve.started')) started.resolve();
    });
  }
  child.once('exit', () => started.reject(new Error(output())));
  await started.promise;
  return { url: `http://localhost:${port}`, child, output };
};

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'bindeled-login-'));
  chmodSync(dir, 0o755);
  const logTo = pino.destination({ dest: join(dir, 'training.log'), sync: true });
  const ports = [await freePort(), await freePort(), await freePort()];
  const otherUrls = ports.map((port) => `http://localhost:${port}`);
  town = await startMunicipality({ dir: join(dir, 'town'), port: 0, pages: true, logTo, otherUrls });
  const claims = [demanding('High', 'Substantial'), '', demanding('High')];
  serving = await Promise.all(ports.map((port, which) => serve(port, claims[which] ?? '')));
}, 120_000);

afterAll(async () => {
  for (const { child } of serving ?? []) {
    child.kill('SIGTERM');
    if (child.exitCode === null) await once(child, 'exit');
  }
  await town?.stop();
  rmSync(dir, { recursive: true, force: true });
});

const clean = async (page: Page, name: string): Promise<void> => {
  if (process.env.SHOTS) await page.screenshot({ path: join(process.env.SHOTS, `${name}.png`), fullPage: true });
  expect(await overflow(page)).toBe(0);
  expect(await axeFindings(page)).toEqual([]);
};
const one = () => serving[0]?.url ?? '';
const two = () => serving[1]?.url ?? '';
const strict = () => serving[2]?.url ?? '';
const isCallback = (url: URL): boolean => url.pathname === '/login/callback';
const me = async (url: string, cookie: string): Promise<unknown> => {
  try {
    return ((await callOver(url, cookie, 'session.me', undefined)) as { personId: string }).personId;
  } catch (error) {
    if (error instanceof Refused) return error.status;
    throw error;
  }
};

test('through the provider and back to where one was going, with a session that every process knows', async () => {
  const browser = makeBrowser();
  const { url, passed } = await browser.logIn(one(), WHO, { til: '/sagsliste?fane=new' });
  expect(url.href).toBe(`${one()}/sagsliste?fane=new`);
  const away = passed.map(({ search }) => search).join(' ');
  expect(away).not.toContain(browser.cookiesOf(one()).get('bindeled_session'));
  const cookie = browser.cookieAt(one());
  expect([await me(one(), cookie), await me(two(), cookie), await me(town.url, cookie)]).toEqual([WHO, WHO, WHO]);
});

test('nothing of training mode answers in production mode', async () => {
  const statuses = await Promise.all(
    [
      ['POST', '/training/login'],
      ['GET', '/training/people'],
      ['POST', '/training/clock'],
      ['GET', '/training/mailbox'],
    ].map(async ([method = '', path]) => {
      const body = method === 'POST' ? { body: JSON.stringify({ person: WHO }) } : {};
      const headers = { 'content-type': 'application/json' };
      return (await fetch(`${one()}${path}`, { method, headers, ...body })).status;
    }),
  );
  expect(statuses).toEqual([404, 404, 404, 404]);
});

test('a way back that belongs to another browser, or was used, or altered, lets nobody in', async () => {
  const [mine, theirs] = [makeBrowser(), makeBrowser()];
  const { passed } = await mine.logIn(one(), WHO, { until: isCallback });
  const callback = passed.at(-1)?.href ?? '';
  const altered = new URL(callback);
  altered.searchParams.set('state', 'another');

  const tried = async (browser: ReturnType<typeof makeBrowser>, address: string) =>
    (await browser.go(address)).passed.at(-1)?.search;
  // Nobody began a login in it, and somebody else did.
  expect(await tried(theirs, callback)).toBe('?fejl=afbrudt');
  await theirs.go(`${one()}/login`, {}, (url) => !url.href.startsWith(one()));
  expect(await tried(theirs, callback)).toBe('?fejl=afbrudt');
  expect(theirs.cookiesOf(one()).has('bindeled_session')).toBe(false);

  mine.cookiesOf(town.login.issuer).clear();
  const again = await mine.logIn(one(), WHO, { until: isCallback });
  expect(await tried(mine, again.url.href.replace(/state=[^&]*/, 'state=another'))).toBe('?fejl=afbrudt');
  mine.cookiesOf(town.login.issuer).clear();
  const good = await mine.logIn(one(), WHO);
  expect(good.url.pathname).toBe('/');
  const used = good.passed.find(isCallback)?.href ?? '';
  expect(await tried(mine, used)).toBe('?fejl=afbrudt');
}, 60_000);

test.each(['//evil.example/', '/.//evil.example', 'https://evil.example/', '/\\evil.example', 'javascript:alert(1)'])(
  'where to go afterwards is a place of ours, never %s',
  async (til) => {
    const { url } = await makeBrowser().logIn(one(), WHO, { til });
    expect(url.origin).toBe(one());
  },
);

test('a login that is weaker than is demanded lets nobody in, and the page says why', async () => {
  const browser = makeBrowser();
  const asked = await browser.go(`${strict()}/login`);
  expect(asked.passed[1]?.searchParams.get('acr_values')).toBe(`${NSIS}/High`);
  expect(asked.passed[1]?.searchParams.get('prompt')).toBeNull();
  const anew = await browser.go(`${strict()}/login?igen`);
  expect(anew.passed[1]?.searchParams.get('prompt')).toBe('login');
  const { url } = await browser.logIn(strict(), WHO);
  expect(`${url.pathname}${url.search}`).toBe('/log-ind?fejl=svagt');
  expect(browser.cookiesOf(strict()).has('bindeled_session')).toBe(false);
});

test('a new login ends the session that the browser had', async () => {
  const browser = makeBrowser();
  await browser.logIn(one(), WHO);
  const before = browser.cookieAt(one());
  browser.cookiesOf(town.login.issuer).clear();
  await browser.logIn(one(), 'team-leader-bbu-norrebro');
  expect([await me(one(), before), await me(one(), browser.cookieAt(one()))]).toEqual([
    401,
    'team-leader-bbu-norrebro',
  ]);
});

test('ended by oneself or by an administrator it is over at once, in both processes, and open pages are closed', async () => {
  const [desk, phone, boss] = [makeBrowser(), makeBrowser(), makeBrowser()];
  await Promise.all([desk.logIn(one(), WHO), phone.logIn(two(), WHO), boss.logIn(two(), 'administrator-sof-stab')]);
  const stream = await fetch(`${two()}/events`, { headers: { cookie: phone.cookieAt(two()) } });
  const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader();
  expect((await reader?.read())?.value).toContain('event: ready');

  type Listed = { id: string; present: boolean }[];
  const asked = { personId: WHO };
  const listed = (await callOver(one(), desk.cookieAt(one()), 'session.list', asked)) as Listed;
  expect(listed.filter(({ present }) => present)).toHaveLength(1);
  await callOver(one(), desk.cookieAt(one()), 'session.endAll', asked);
  expect([await me(two(), phone.cookieAt(two())), await me(one(), phone.cookieAt(two()))]).toEqual([401, 401]);
  expect(await me(two(), desk.cookieAt(one()))).toBe(WHO);
  let told = '';
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) told += part.value;
  expect(told).toContain('"what":"ended"');

  const [left] = (await callOver(two(), boss.cookieAt(two()), 'session.list', asked)) as Listed;
  await callOver(two(), boss.cookieAt(two()), 'session.end', { ...asked, id: left?.id });
  expect(await me(one(), desk.cookieAt(one()))).toBe(401);
  const notMine = callOver(two(), boss.cookieAt(two()).replace(/./g, 'x'), 'session.list', asked);
  await expect(notMine).rejects.toThrow('refused with 401');
}, 60_000);

test.each([1280, 360])(
  'in a browser of %i pixels: away, back, one’s logins, out, and a login that fails',
  async (width) => {
    const browser = await openBrowser(one());
    try {
      const { page } = await browser.visit(null, width);
      await page.goto('/sagsliste');
      await page.getByRole('link', { name: 'Log ind med kommunens login' }).waitFor();
      await clean(page, `log-ind-${width}`);
      await page.getByRole('link', { name: 'Log ind med kommunens login' }).click();
      await page.getByLabel('Hvem er du?').selectOption(WHO);
      await page.getByRole('button', { name: 'Log ind' }).click();
      await page.waitForURL(`${one()}/sagsliste`);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.goto('/dine-login');
      await page.getByText('Denne maskine').waitFor();
      await clean(page, `dine-login-${width}`);
      await page.getByRole('banner').getByRole('button', { name: 'Log ud', exact: true }).click();
      // The provider's own login is ended as well: the next one asks who it is.
      await page.waitForURL((url) => url.origin === new URL(town.login.issuer).origin);
      await page.getByRole('button', { name: 'Ja, log ud' }).click();
      await page.waitForURL(`${one()}/log-ind`);
      await page.getByRole('link', { name: 'Log ind med kommunens login' }).click();
      await page.getByLabel('Hvem er du?').waitFor();
      for (const fejl of ['ukendt', 'svagt']) {
        await page.goto(`/log-ind?fejl=${fejl}`);
        await page.getByText('Du blev ikke logget ind').waitFor();
        await clean(page, `log-ind-${fejl}-${width}`);
      }
      expect(browser.complaints()).toEqual([]);
    } finally {
      await browser.close();
    }
  },
  60_000,
);

test('ended with SIGTERM it finishes, and its log names nobody', async () => {
  const [first] = serving;
  first?.child.kill('SIGTERM');
  const [status] = first ? await once(first.child, 'exit') : [];
  expect(status).toBe(0);
  expect(first?.output()).toContain('login.done');
  expect(first?.output()).not.toMatch(/intake-|Modtagelse|@/);
}, 60_000);
