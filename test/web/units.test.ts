import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { instant } from '#domain/time.ts';
import { axeFindings, fillDay, overflow } from '#test/support/browser.ts';
import { callOver, logInOver } from '#test/support/browser-calls.ts';
import { makeForm } from '#test/support/municipality.ts';
import { openSite, type Site } from '#test/support/site.ts';
import { holdClock } from '#training/clock.ts';

const WRITER = 'school-social-worker-skole-norrebro';
const [ONE, TWO] = ['administrator-sof-stab', 'administrator-2-sof-stab'];
/** Milliseconds: axe takes seconds for a page when the other tests have the processors. */
const PATIENT = 180_000;

let municipality: Site['municipality'];
let browser: Site['browser'];
let close: Site['close'] | undefined;

beforeAll(async () => {
  ({ municipality, browser, close } = await openSite());
  await holdClock(municipality.deps.db, instant('2026-11-10T22:00:00+01:00'));
  // As two people have decided it.
  const need = { id: 'home-help', need: 'Hjælp i hjemmet', unitId: 'bbu-city-osterbro', basis: '§ 32', position: 100 };
  await municipality.deps.db.matrixRow.create({ data: need });
  await municipality.deps.db.organisationVersion.updateMany({ data: { version: { increment: 1 } } });
  const writer = await logInOver(municipality.url, WRITER);
  const children = [
    { identity: 'unborn', address: { postalCode: '2500' } },
    { identity: 'unborn', address: { postalCode: '1500' } },
  ];
  await callOver(municipality.url, writer, 'notifications.submit', makeForm({ children }));
}, 120_000);

afterAll(() => close?.());

const button = (page: Page, name: string) => page.getByRole('button', { name });
const clean = async (page: Page): Promise<void> => {
  expect(await overflow(page)).toBe(0);
  expect(await axeFindings(page)).toEqual([]);
};

it(
  'two units merge: proposed with what goes along, confirmed by another, carried out on the day, at both widths',
  async () => {
    const first = await browser.visit(ONE);
    await first.page.goto('/opsaetning/enheder');
    await first.page.getByLabel('Hvad skal ændres?').selectOption('merge');
    await button(first.page, 'Send forslaget').click();
    await first.page.getByRole('alert').getByRole('link').first().waitFor();
    await clean(first.page);
    await first.page.getByLabel('Børnefamilieenhed Valby').check();
    await first.page.getByLabel('Børnefamilieenhed Vesterbro').check();
    await first.page.getByLabel('Navn', { exact: true }).fill('Børnefamilieenhed Vest');
    await first.page.getByLabel('Telefon').fill('33 17 00 00');
    await fillDay(first.page, 'Dato', ['11', '11', '2026']);
    await first.page.getByLabel('Hvorfor?').fill('Besluttet i direktionen');
    await button(first.page, 'Send forslaget').click();
    await first.page.getByRole('heading', { name: 'Det følger med' }).waitFor();
    await clean(first.page);
    const address = first.page.url();

    const second = await browser.visit(TWO, 360);
    await second.page.goto(address);
    await second.page.getByText('Åbne sager: 1').first().waitFor();
    await clean(second.page);
    await button(second.page, 'Bekræft ændringen').click();
    await second.page.getByText('Venter på sin dag').waitFor();
    await second.page.goto('/opsaetning/enheder');
    await second.page.getByRole('heading', { name: 'Planlagt' }).waitFor();
    await clean(second.page);

    await first.context.request.post('/training/clock', {
      data: { to: '2026-11-11T00:05:00+01:00' },
      headers: { origin: municipality.url },
    });
    await first.page.goto(address);
    await first.page.getByText('2 åbne sager berørt').waitFor();
    await clean(first.page);
    await first.page.goto('/opsaetning/enheder');
    await first.page.getByText('Nedlagt 11. november 2026; nu Børnefamilieenhed Vest').first().waitFor();
    const worker = await browser.visit('intake-bbu-valby', 360);
    await worker.page.goto('/sagsliste');
    await worker.page.getByText('Børnefamilieenhed Vest').first().waitFor();
    await clean(worker.page);
    expect(browser.complaints()).toEqual([]);
    await Promise.all([first, second, worker].map(({ context }) => context.close()));
  },
  PATIENT,
);

it(
  'a split asks how the postal codes are shared out, and says what is missing',
  async () => {
    const { page, context } = await browser.visit(ONE, 360);
    await page.goto('/opsaetning/enheder');
    await page.getByLabel('Hvad skal ændres?').selectOption('split');
    await page.getByLabel('Enhed, der deles').selectOption('bbu-city-osterbro');
    await page.getByText('Skal fordeles: 1000-1499, 2100, 2150.').waitFor();
    await clean(page);
    for (const [n, codes] of ['1000-1499', '2100'].entries()) {
      const part = page.getByRole('group', { name: `Del ${n + 1}`, exact: true });
      await part
        .getByLabel('Navn', { exact: true })
        .fill(n === 0 ? 'Børnefamilieenhed City' : 'Børnefamilieenhed Østerbro');
      await part.getByLabel('Telefon').fill('33 17 00 00');
      await part.getByLabel('Postnumre').fill(codes);
    }
    await page.getByLabel('Hoveddel').selectOption('boernefamilieenhed-city');
    const whose = page.getByLabel('Behovet "Hjælp i hjemmet" i ansvarsmatricen');
    expect(await whose.locator('option').allTextContents()).toEqual([
      'Efter reglen, barn for barn',
      'Børnefamilieenhed City',
      'Børnefamilieenhed Østerbro',
    ]);
    await whose.selectOption('boernefamilieenhed-oesterbro');
    const east = page.getByRole('group', { name: 'Del 2', exact: true });
    await east.getByLabel('Sagsbehandler, Børnefamilieenhed City/Østerbro').check();
    await fillDay(page, 'Dato', ['1', '12', '2026']);
    await page.getByLabel('Hvorfor?').fill('Besluttet i direktionen');
    await button(page, 'Send forslaget').click();
    await page.getByText('skal fordeles, så hver hører til præcis én del').first().waitFor();
    await east.getByLabel('Postnumre').fill('2100, 2150');
    await button(page, 'Send forslaget').click();
    await page.getByRole('heading', { name: 'Åbne sager pr. del' }).waitFor();
    await page.getByText('Behovet "Hjælp i hjemmet" går til Børnefamilieenhed Østerbro').waitFor();
    await clean(page);
    await context.close();
  },
  PATIENT,
);
