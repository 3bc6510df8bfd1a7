import { afterAll, beforeAll, expect, it } from 'vitest';
import { instant } from '#domain/time.ts';
import { stopwatch } from '#platform/clock.ts';
import { axeFindings, overflow } from '#test/support/browser.ts';
import { contextsOf } from '#test/support/context.ts';
import { MORNING, makeManyDisputes } from '#test/support/many-disputes.ts';
import { openSite, type Site } from '#test/support/site.ts';
import { holdClock } from '#training/clock.ts';

const COORDINATOR = 'buf-sof-coordinator-sof-stab';
const MANY = 40;
/** From the board to the words that it is decided, reading aside. */
const A_MINUTE = 60_000;

let municipality: Site['municipality'];
let browser: Site['browser'];
let close: Site['close'] | undefined;

beforeAll(async () => {
  ({ municipality, browser, close } = await openSite({ clockAt: instant('2026-10-28T08:00:00+01:00') }));
  const { deps } = municipality;
  await makeManyDisputes(contextsOf(deps), MANY);
  await holdClock(deps.db, instant(MORNING));
}, 180_000);

afterAll(() => close?.());

it('a coordinator with forty open disputes sees the three that matter, and settles one within a minute', async () => {
  const { page } = await browser.visit(COORDINATOR);
  await page.goto('/uenigheder');
  const rows = page.locator('tbody tr');
  await rows.first().waitFor();
  expect(await rows.count()).toBe(MANY);
  const whys = await rows.locator('td:first-child').allInnerTexts();
  expect(whys[0]).toContain('Akut');
  expect(whys[1]).toContain('Tiden er gået, og ingen har afgjort den');
  expect(whys[2]).toContain('Sendt rundt 3 gange');
  expect(await axeFindings(page)).toEqual([]);

  const passed = stopwatch();
  await rows.first().getByRole('link', { name: 'Afgør den nu' }).click();
  await page.getByLabel('Hvilken enhed skal have ansvaret?').selectOption({ label: 'Børnefamilieenhed Valby' });
  await page.getByLabel('Hjemmel').fill('Barnets lov § 9');
  await page.getByLabel('Begrundelse').fill('Barnet bor i Valby.');
  await page.getByRole('button', { name: 'Afgør, hvis ansvar det er' }).click();
  await page.getByText('Det er afgjort. Parterne har fået besked.').first().waitFor();
  expect(passed()).toBeLessThan(A_MINUTE);

  await page.goto('/uenigheder');
  await rows.first().waitFor();
  expect(await rows.count()).toBe(MANY - 1);
  await page.getByRole('link', { name: /^Trin 2/ }).click();
  await page.getByRole('link', { name: /Vis alle igen/ }).waitFor();
  await page.setViewportSize({ width: 360, height: 800 });
  expect(await overflow(page)).toBe(0);
  expect(await axeFindings(page)).toEqual([]);
  expect(browser.complaints()).toEqual([]);
});

it('the figures tell a coordinator what is open, and lead a leader to the cases behind a number', async () => {
  const { page } = await browser.visit(COORDINATOR);
  await page.goto('/uenigheder');
  await page.getByRole('link', { name: 'Tal om ansvar' }).click();
  await page.getByRole('heading', { name: `Åbne uenigheder: ${MANY - 1}` }).waitFor();
  expect(await page.locator('.big-number').textContent()).toBe('0,0');
  await page.getByText('under 5').first().waitFor();
  expect(await axeFindings(page)).toEqual([]);
  await page.setViewportSize({ width: 360, height: 800 });
  expect(await overflow(page)).toBe(0);

  const { page: led } = await browser.visit('area-manager-bbu');
  await led.goto('/uenigheder/tal');
  await led.getByRole('heading', { name: 'Enheder, der er spurgt' }).waitFor();
  const table = led.locator('section', { has: led.getByRole('heading', { name: 'Enheder, der er spurgt' }) });
  const number = table.getByRole('link').first();
  const count = Number(await number.textContent());
  await number.click();
  await led.getByRole('heading', { name: 'Sager, der er spurgt om' }).waitFor();
  expect(await led.locator('.figure-list li').count()).toBeLessThanOrEqual(count);
  expect(await axeFindings(led)).toEqual([]);
  expect(browser.complaints()).toEqual([]);
});
