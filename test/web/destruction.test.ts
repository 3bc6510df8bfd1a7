import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { instant } from '#domain/time.ts';
import { fillDay, lookAt } from '#test/support/browser.ts';
import { callOver, logInOver } from '#test/support/browser-calls.ts';
import { contextsOf } from '#test/support/context.ts';
import { makeForm } from '#test/support/municipality.ts';
import { openSite, type Site } from '#test/support/site.ts';
import { holdClock } from '#training/clock.ts';
import { exportRecords } from '#usecases/export-records.ts';

const ADMINISTRATOR = 'administrator-sof-stab';
/** Milliseconds: axe takes seconds for a page when the other tests have the processors. */
const PATIENT = 180_000;

let municipality: Site['municipality'];
let browser: Site['browser'];
let close: Site['close'] | undefined;
let covers: string;

beforeAll(async () => {
  ({ municipality, browser, close } = await openSite());
  await holdClock(municipality.deps.db, instant('2026-11-10T10:00:00+01:00'));
  const writer = await logInOver(municipality.url, 'school-social-worker-skole-norrebro');
  await callOver(municipality.url, writer, 'notifications.submit', makeForm());
  await municipality.jobs.settle();
  const { id } = await municipality.deps.db.referral.findFirstOrThrow({ where: { ownerUnitId: 'bbu-norrebro' } });
  const leader = await logInOver(municipality.url, 'team-leader-bbu-norrebro');
  await callOver(municipality.url, leader, 'referrals.markInError', { id, reason: 'Dobbelt', stateVersion: 0 });
  await holdClock(municipality.deps.db, instant('2032-11-26T10:00:00+01:00'));
  const system = contextsOf(municipality.deps).systemCtx('2032-11-26T10:00:00+01:00');
  ({ covers } = await exportRecords(system, '2027-01-01', { line: () => undefined, file: async () => undefined }));
}, 120_000);
afterAll(() => close?.());

const button = (page: Page, name: string) => page.getByRole('button', { name });
const look = (page: Page, name: string): Promise<void> => lookAt(page, name, process.env.DESTRUCTION_SCREENSHOTS);

it.each([1280, 360])(
  'proposed by one, told what it would destroy, and not to be confirmed by the same, at %i px',
  async (width) => {
    const { page, context } = await browser.visit(ADMINISTRATOR, width);
    await page.goto('/opsaetning/kassation');
    await button(page, 'Send forslaget').click();
    await page.getByRole('alert').getByRole('link').first().waitFor();
    await look(page, `destruction-refused-${width}`);
    await fillDay(page, 'Afsluttet før', ['1', '1', '2027']);
    await page.getByLabel('Kommunens arkiv').check();
    await page.getByLabel('Godkendelsens journalnummer').fill('2032-0001');
    await fillDay(page, 'Godkendt den', ['1', '11', '2032']);
    await page.getByLabel('Eksportens kontroltal').fill('0'.repeat(64));
    await page.getByLabel('Hvorfor?').fill('Kassationsbestemmelserne');
    await button(page, 'Send forslaget').click();
    await page.getByRole('link', { name: /svarer ikke til de journaler/ }).waitFor();
    await page.getByLabel('Eksportens kontroltal').fill(covers);
    await button(page, 'Send forslaget').click();
    await page.getByText('1 barns journal').waitFor();
    expect(await button(page, 'Bekræft').count()).toBe(0);
    await look(page, `destruction-proposed-${width}`);
    await button(page, 'Træk forslaget tilbage').click();
    await page
      .getByText(/Trukket tilbage/)
      .first()
      .waitFor();
    await page.goto('/opsaetning/kassation');
    await page.getByRole('heading', { name: 'Afgjort' }).waitFor();
    await look(page, `destruction-list-${width}`);
    await context.close();
  },
  PATIENT,
);
