import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { expect } from 'vitest';

const PROGRAMS = ['/usr/bin/chromium', '/usr/bin/chromium-browser'];
/** For a closed network: it calls nobody. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export type Visitor = { readonly page: Page; readonly context: BrowserContext };

export type TestBrowser = {
  /** A person at a screen of their own, logged in by the training login; null: nobody. */
  readonly visit: (person: string | null, width?: number) => Promise<Visitor>;
  /** Everything that the pages complained of: exceptions, refused scripts, failed requests that no page answers for. */
  readonly complaints: () => readonly string[];
  readonly close: () => Promise<void>;
};

const watch = (page: Page, said: string[]): void => {
  page.on('pageerror', (error) => said.push(`${page.url()}: ${error.message}`));
  page.on('console', (message) => {
    // Refusals that a page answers for: nobody logged in yet, a case out of reach now, a colleague who was first.
    if (message.type() === 'error' && !/status of (401|404|409)/.test(message.text()))
      said.push(`${page.url()}: ${message.text()}`);
  });
};

export const openBrowser = async (url: string): Promise<TestBrowser> => {
  const executablePath = PROGRAMS.find((program) => existsSync(program));
  if (!executablePath) throw new Error('Chromium is not installed');
  const browser: Browser = await chromium.launch({ executablePath, args: FLAGS });
  const said: string[] = [];
  return {
    visit: async (person, width = 1280) => {
      const context = await browser.newContext({ baseURL: url, viewport: { width, height: 800 } });
      context.setDefaultTimeout(15_000);
      if (person) await context.request.post('/training/login', { data: { person }, headers: { origin: url } });
      const page = await context.newPage();
      watch(page, said);
      return { page, context };
    },
    complaints: () => said,
    close: () => browser.close(),
  };
};

/** What axe finds wrong on the page as it stands, one line each. */
export const axeFindings = async (page: Page): Promise<readonly string[]> => {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target }) => `${page.url()}: ${id} at ${target.join(' ')}`),
  );
};

/** By how many pixels the page is wider than the window. */
export const overflow = (page: Page): Promise<number> =>
  page.evaluate(async () => {
    // Whoever has just changed the width: the page draws itself anew in the next frame.
    for (let frame = 0; frame < 2; frame += 1) await new Promise(requestAnimationFrame);
    return Math.max(0, document.documentElement.scrollWidth - window.innerWidth);
  });

/** Nothing sticks out and axe finds nothing; `folder` keeps a picture for whoever looks at it with their own eyes. */
export const lookAt = async (page: Page, name: string, folder?: string): Promise<void> => {
  expect(await overflow(page)).toBe(0);
  expect(await axeFindings(page)).toEqual([]);
  if (folder) await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
};

/** The same as it stands, on a telephone and on a desk. */
export const lookAtBoth = async (page: Page, name: string, folder?: string): Promise<void> => {
  expect(await axeFindings(page)).toEqual([]);
  for (const width of [360, 1280]) {
    await page.setViewportSize({ width, height: 900 });
    expect(await overflow(page)).toBe(0);
    if (folder) await page.screenshot({ path: join(folder, `${name}-${width}.png`), fullPage: true });
  }
};

/** A date by its three fields. */
export const fillDay = async (
  page: Page,
  group: string,
  [day = '', month = '', year = '']: readonly string[],
): Promise<void> => {
  const fields = page.getByRole('group', { name: group });
  await fields.getByLabel('Dag', { exact: true }).fill(day);
  await fields.getByLabel('Måned').fill(month);
  await fields.getByLabel('År').fill(year);
};
