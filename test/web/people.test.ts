import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { instant } from '#domain/time.ts';
import { fillDay, lookAt } from '#test/support/browser.ts';
import { callOver, logInOver } from '#test/support/browser-calls.ts';
import { makeForm } from '#test/support/municipality.ts';
import { openSite, type Site } from '#test/support/site.ts';
import { holdClock } from '#training/clock.ts';

const WRITER = 'school-social-worker-skole-norrebro';
const ADMINISTRATOR = 'administrator-sof-stab';
const INTAKE = 'intake-bbu-valby';
/** Milliseconds: axe takes seconds for a page when the other tests have the processors. */
const PATIENT = 180_000;

let municipality: Site['municipality'];
let browser: Site['browser'];
let close: Site['close'] | undefined;

beforeAll(async () => {
  ({ municipality, browser, close } = await openSite());
  await holdClock(municipality.deps.db, instant('2026-11-10T10:00:00+01:00'));
  const writer = await logInOver(municipality.url, WRITER);
  const children = [{ identity: 'unborn', address: { postalCode: '2500' } }];
  await callOver(municipality.url, writer, 'notifications.submit', makeForm({ children }));
  const { id } = await municipality.deps.db.referral.findFirstOrThrow({ where: { ownerUnitId: 'bbu-valby' } });
  const known = { unit: null, disability: false, elsewhere: false };
  const intake = await logInOver(municipality.url, INTAKE);
  await callOver(municipality.url, intake, 'referrals.acknowledge', { id, known, need: null, stateVersion: 0 });
}, 120_000);

afterAll(() => close?.());

const button = (page: Page, name: string) => page.getByRole('button', { name });
const look = (page: Page, name: string): Promise<void> => lookAt(page, name, process.env.PEOPLE_SCREENSHOTS);

it.each([1280, 360])(
  'somebody leaves: what it touches is told first, and one person may confirm it, at %i px',
  async (width) => {
    const { page, context } = await browser.visit(ADMINISTRATOR, width);
    await page.goto('/opsaetning/medarbejdere');
    await page.getByLabel('Hvad skal ændres?').selectOption('person-leaves');
    await button(page, 'Send forslaget').click();
    await page.getByRole('alert').getByRole('link').first().waitFor();
    await look(page, `people-refused-${width}`);
    await page.getByLabel('Medarbejder', { exact: true }).selectOption(INTAKE);
    await page.getByText('Nu: modtagelsen, Børnefamilieenhed Valby.').waitFor();
    await page.getByLabel('Vikar').selectOption('caseworker-bbu-valby');
    await fillDay(page, 'Første dag, personen ikke er her', ['11', '11', '2026']);
    await page.getByLabel('Hvorfor?').fill('Nyt job');
    await button(page, 'Send forslaget').click();
    await page.getByText('Roller, som ingen har længere').waitFor();
    await page.getByText('modtagelsen i Børnefamilieenhed Valby').waitFor();
    await page.getByText('Sager, der mister deres ansvarlige').first().waitFor();
    await look(page, `people-change-${width}`);
    if (width === 1280) {
      await button(page, 'Træk forslaget tilbage').click();
      await page.getByText('Trukket tilbage').first().waitFor();
    } else {
      await button(page, 'Bekræft ændringen').click();
      await page.getByText('Ændringen sker').waitFor();
      await page.goto('/opsaetning/medarbejdere');
      await page.getByRole('heading', { name: 'Planlagt' }).waitFor();
      await look(page, `people-${width}`);
    }
    await context.close();
    expect(browser.complaints()).toEqual([]);
  },
  PATIENT,
);

it(
  'on its day they are gone, the day before they were there, and the unit sees what is without a handler',
  async () => {
    const { page, context } = await browser.visit(ADMINISTRATOR);
    await context.request.post('/training/clock', {
      data: { to: '2026-11-11T00:05:00+01:00' },
      headers: { origin: municipality.url },
    });
    await page.goto('/opsaetning/medarbejdere');
    await page.getByLabel('Enhed', { exact: true }).selectOption('bbu-valby');
    await button(page, 'Vis').click();
    await page.getByText('3 medarbejdere 11. november 2026').waitFor();
    await fillDay(page, 'Som det er den', ['10', '11', '2026']);
    await button(page, 'Vis').click();
    await page.getByText('4 medarbejdere 10. november 2026').waitFor();
    await look(page, 'people-1280');
    await context.close();
    for (const width of [1280, 360]) {
      const worker = await browser.visit('caseworker-bbu-valby', width);
      await worker.page.goto('/uden-ansvarlig');
      await worker.page.getByText('Ansat er stoppet').first().waitFor();
      await look(worker.page, `unattended-${width}`);
      await worker.page.goto('/sagsliste');
      await worker.page.getByText('Børnefamilieenhed Valby').first().waitFor();
      await look(worker.page, `worklist-${width}`);
      await worker.context.close();
    }
    expect(browser.complaints()).toEqual([]);
  },
  PATIENT,
);
