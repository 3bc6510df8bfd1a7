import { afterAll, beforeAll, expect, it } from 'vitest';
import { instant } from '#domain/time.ts';
import { axeFindings, overflow } from '#test/support/browser.ts';
import { openSite, type Site } from '#test/support/site.ts';

/** Where somebody who looks at the page wants it; nowhere otherwise. */
const SHOTS = process.env.SHOTS;

let browser: Site['browser'];
let close: Site['close'] | undefined;

beforeAll(async () => {
  ({ browser, close } = await openSite({ clockAt: instant('2026-11-03T10:00:00+01:00') }));
}, 180_000);
afterAll(() => close?.());

it('an administrator gives a program a key, sees it once, makes another and closes it', {
  timeout: 120_000,
}, async () => {
  const { page } = await browser.visit('administrator-sof-stab');
  await page.goto('/opsaetning/noegler');
  await page.getByText('Ingen programmer har en nøgle.').waitFor();
  await page.getByRole('button', { name: 'Lav nøglen' }).click();
  await page.getByRole('link', { name: /^Enhed:/ }).waitFor();
  await page.getByLabel('Program').fill('Skolens elevsystem');
  await page.getByRole('combobox', { name: 'Enhed' }).selectOption({ label: 'Øvelsesskolen Nørrebro' });
  await page.getByLabel('Indsende underretninger').check();
  await page.getByRole('button', { name: 'Lav nøglen' }).dblclick();
  const secret = page.getByRole('textbox', { name: 'Nøglen til Skolens elevsystem' });
  await secret.waitFor();
  const first = await secret.inputValue();
  expect(first.length).toBeGreaterThan(30);
  expect(await page.getByRole('button', { name: 'Luk nøglen til Skolens elevsystem' }).count()).toBe(1);
  expect(await axeFindings(page)).toEqual([]);
  for (const width of [1280, 360]) {
    await page.setViewportSize({ width, height: 900 });
    expect(await overflow(page)).toBe(0);
    if (SHOTS) await page.screenshot({ path: `${SHOTS}/machines-${width}.png`, fullPage: true });
  }
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.getByRole('button', { name: 'Lav en ny nøgle til Skolens elevsystem' }).click();
  await page.getByText('Den gamle nøgle virker i en uge endnu.').waitFor();
  expect(await secret.inputValue()).not.toBe(first);
  await page.getByText('Afløst').waitFor();
  await page.reload();
  await page.getByText('Afløst').waitFor();
  expect(await secret.count()).toBe(0);
  await page.getByRole('button', { name: 'Luk nøglen til Skolens elevsystem' }).first().click();
  await page.getByText('Den åbner ikke for noget mere.').waitFor();
});
