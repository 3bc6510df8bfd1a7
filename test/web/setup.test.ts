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
const PARTS = ['', '/koder', '/kalender', '/aabningstider', '/vagtplan', '/aendringer'];
/** Milliseconds: axe takes seconds for a page when the other tests have the processors. */
const PATIENT = 180_000;

let municipality: Site['municipality'];
let browser: Site['browser'];
let close: Site['close'] | undefined;

beforeAll(async () => {
  ({ municipality, browser, close } = await openSite());
  await holdClock(municipality.deps.db, instant('2026-11-10T09:00:00+01:00'));
}, 120_000);

afterAll(() => close?.());

const button = (page: Page, name: string) => page.getByRole('button', { name });
const clean = async (page: Page): Promise<void> => {
  expect(await overflow(page)).toBe(0);
  expect(await axeFindings(page)).toEqual([]);
};

it.each([1280, 360])(
  'every page of the setup at %i pixels, without a fault',
  async (width) => {
    const { page, context } = await browser.visit(ONE, width);
    for (const part of PARTS) {
      await page.goto(`/opsaetning${part}`);
      await page.getByRole('heading', { level: 2 }).first().waitFor();
      await clean(page);
    }
    await context.close();
  },
  PATIENT,
);

it(
  'one administrator proposes, sees what is wrong by its field, and cannot confirm; another sees the list and confirms',
  async () => {
    const writer = await logInOver(municipality.url, WRITER);
    await callOver(municipality.url, writer, 'notifications.submit', makeForm());
    const { page } = await browser.visit(ONE);
    await page.goto('/opsaetning');
    await page.getByLabel('Hvad skal ændres?').selectOption('policy-period');
    await button(page, 'Send forslaget').click();
    await page.getByRole('link', { name: 'Kilde: skal udfyldes.' }).waitFor();
    await clean(page);
    await page.getByLabel('Frist', { exact: true }).selectOption('acknowledge');
    await page.getByLabel('Periode', { exact: true }).fill('3');
    await page.getByLabel('Kilde').fill('direktionen');
    await page.getByLabel('Flyt også frister').check();
    await page.getByLabel('Hvorfor?').fill('Aftalt med enhederne');
    await fillDay(page, 'Gælder fra', ['10', '11', '2026']);
    await button(page, 'Send forslaget').click();
    await page.getByRole('link', { name: 'Gælder fra: skal være i morgen eller senere.' }).waitFor();
    await fillDay(page, 'Gælder fra', ['11', '11', '2026']);
    await button(page, 'Send forslaget').click();
    await page.getByText('Du har selv foreslået ændringen').waitFor();
    expect(await button(page, 'Bekræft ændringen').count()).toBe(0);

    const { page: other } = await browser.visit(TWO, 360);
    await other.goto('/opsaetning/aendringer');
    await other.getByRole('link', { name: /3 arbejdsdage/ }).click();
    await other.getByText('fredag den 13. november 2026 kl. 23.59').waitFor();
    await clean(other);
    await button(other, 'Bekræft ændringen').click();
    await other.getByText('Bekræftet: Administrator 2').waitFor();
    const { dueAt } = await municipality.deps.db.deadline.findFirstOrThrow({ where: { kind: 'acknowledge' } });
    expect(dueAt.toISOString()).toBe('2026-11-13T22:59:59.000Z');
    await other.goto('/opsaetning');
    await other.getByText('Gælder fra 11. november 2026').waitFor();
  },
  PATIENT,
);

it(
  'a code is added and an ended one taken away: the form offers it from its day on',
  async () => {
    const { page } = await browser.visit(ONE);
    const { page: other } = await browser.visit(TWO, 360);
    const confirm = async (): Promise<void> => {
      await page.getByText('Du har selv foreslået ændringen').waitFor();
      await other.goto(new URL(page.url()).pathname);
      await button(other, 'Bekræft ændringen').click();
      await other.getByText('Bekræftet: Administrator 2').waitFor();
    };
    await page.goto('/opsaetning/koder');
    await page.getByLabel('Hvad skal ændres?').selectOption('add-code');
    await page.getByLabel('Liste').selectOption('reasons');
    await page.getByLabel('Gruppe').selectOption('child');
    await page.getByLabel('Navn på dansk').fill('Barnets helbred');
    await page.getByLabel('Navn på engelsk').fill('Gambling');
    await page.getByLabel('Kilde').fill('direktionen');
    await page.getByLabel('Hvorfor?').fill('Aftalt');
    await fillDay(page, 'Gælder fra', ['11', '11', '2026']);
    await button(page, 'Send forslaget').click();
    await page.getByRole('link', { name: 'Navn på dansk: findes allerede på listen.' }).waitFor();
    await clean(page);
    await page.getByLabel('Navn på dansk').fill('Spil om penge');
    await button(page, 'Send forslaget').click();
    await confirm();

    await page.goto('/opsaetning/koder');
    await page.getByText('Spil om penge').waitFor();
    await page.getByLabel('Hvad skal ændres?').selectOption('end-code');
    await page.getByLabel('Liste').selectOption('reasons');
    await page.getByLabel('Kode').selectOption('child-crime');
    await page.getByLabel('Kilde').fill('direktionen');
    await page.getByLabel('Hvorfor?').fill('Aftalt');
    await fillDay(page, 'Ikke længere fra', ['11', '11', '2026']);
    await button(page, 'Send forslaget').click();
    await confirm();

    const offered = async (): Promise<boolean[]> => {
      const { page: writer, context } = await browser.visit('intake-bbu-norrebro');
      await writer.goto('/registrer');
      await writer.getByRole('checkbox', { name: 'Skoleproblemer' }).waitFor();
      const names = ['Spil om penge', 'Barnets kriminalitet'];
      const counts = await Promise.all(names.map((name) => writer.getByRole('checkbox', { name }).count()));
      await context.close();
      return counts.map((count) => count === 1);
    };
    expect(await offered()).toEqual([false, true]);
    await holdClock(municipality.deps.db, instant('2026-11-11T09:00:00+01:00'));
    expect(await offered()).toEqual([true, false]);
    await holdClock(municipality.deps.db, instant('2026-11-10T09:00:00+01:00'));
  },
  PATIENT,
);

it(
  'a shift is planned and taken away again',
  async () => {
    const { page } = await browser.visit(ONE);
    await page.goto('/opsaetning/vagtplan');
    await page.getByLabel('Hvem').selectOption('duty-officer-dognvagten');
    await fillDay(page, 'Begynder dag', ['10', '11', '2026']);
    await page.getByLabel('Klokken').first().fill('20');
    await fillDay(page, 'Slutter dag', ['11', '11', '2026']);
    await page.getByLabel('Klokken').last().fill('8.00');
    await button(page, 'Gem vagten').click();
    await page.getByText('Vagten er gemt.').waitFor();
    await page.getByText('Enhedens eget', { exact: true }).waitFor();
    await clean(page);
    await button(page, 'Fjern eller afslut vagten').click();
    await page.getByText('Der er ikke planlagt vagter.').waitFor();
    // What was refused above is the one sort of request that no page could have kept from being sent.
    expect(browser.complaints().filter((line) => !line.includes('status of 400'))).toEqual([]);
  },
  PATIENT,
);
