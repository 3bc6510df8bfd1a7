import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { instant } from '#domain/time.ts';
import { lookAtBoth } from '#test/support/browser.ts';
import { contextsOf } from '#test/support/context.ts';
import { makeForm } from '#test/support/municipality.ts';
import { openSite, type Site } from '#test/support/site.ts';
import { LEADER, SENDER } from '#test/support/telling.ts';
import { submitNotification } from '#usecases/submit-notification.ts';

const AT = '2026-11-03T10:00:00+01:00';
/** Where somebody who looks at the pages wants them; nowhere otherwise. */
const SHOTS = process.env.SHOTS;

let municipality: Site['municipality'];
let browser: Site['browser'];
let close: Site['close'] | undefined;
beforeAll(async () => {
  ({ municipality, browser, close } = await openSite({ clockAt: instant(AT) }));
}, 180_000);
afterAll(() => close?.());

const shown = (page: Page, name: string): Promise<void> => lookAtBoth(page, name, SHOTS);

it('a leader begins, looks at each marked item, prolongs, releases and fetches the answer', {
  timeout: 180_000,
}, async () => {
  const form = makeForm({ family: { siblings: [{ name: 'Lillebror Møller', age: 4 }] } });
  const { referrals } = await submitNotification(contextsOf(municipality.deps).ctxFor(SENDER, AT), form);
  const { page } = await browser.visit(LEADER);
  await page.goto(`/sag/${referrals[0]?.id}`);
  await page.getByRole('link', { name: 'Indsigt: saml alt om barnet' }).click();
  await page.getByRole('button', { name: 'Begynd' }).click();
  await page
    .getByRole('link', { name: /skal udfyldes/ })
    .first()
    .waitFor();
  await shown(page, 'access-begin');
  await page.getByLabel('Dag', { exact: true }).fill('2');
  await page.getByLabel('Måned', { exact: true }).fill('11');
  await page.getByLabel('År', { exact: true }).fill('2026');
  await page.getByLabel('Hvem beder om indsigt').fill('Mor, som har forældremyndigheden.');
  await page.getByRole('button', { name: 'Begynd' }).click();
  await page.getByText('Skal besvares senest onsdag den 2. december 2026').waitFor();
  await page.getByText('Lillebror Møller').waitFor();
  await shown(page, 'access-open');

  // Nothing is released before each has been looked at.
  await page.getByRole('button', { name: 'Frigiv svaret' }).click();
  await page.getByText(/punkter om andre, som nogen skal tage stilling til først/).waitFor();
  for (let left = await page.getByRole('button', { name: /^Tag stilling/ }).count(); left > 0; left -= 1) {
    await page
      .getByRole('button', { name: /^Tag stilling/ })
      .first()
      .click();
    await page.getByLabel('Udelad: der står kun, at noget er udeladt').check();
    await page.getByLabel('Hvorfor?').fill('Handler om andre.');
    await page.getByRole('button', { name: 'Gem', exact: true }).click();
    await page.getByLabel('Hvorfor?').waitFor({ state: 'detached' });
    await expect.poll(() => page.getByRole('button', { name: /^Tag stilling/ }).count()).toBe(left - 1);
  }
  await page.getByText('Der er taget stilling til alle punkter').waitFor();
  await page.getByRole('button', { name: 'Forlæng fristen' }).click();
  await page.getByLabel('Hvorfor?').fill('Der er mange sager.');
  await page.getByRole('button', { name: 'Forlæng fristen' }).click();
  await page.getByText('Skal besvares senest tirsdag den 2. februar 2027').waitFor();
  await page.getByRole('button', { name: /^Vis alle \d+ punkter$/ }).click();
  await page.getByText('Hvem har set sagen').waitFor();
  await shown(page, 'access-reviewed');
  await page.getByRole('button', { name: 'Frigiv svaret' }).click();
  await page.getByText(/^Frigivet tirs\. 3\. nov/).waitFor();
  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Hent svaret (PDF og JSON)' }).click();
  expect((await downloading).suggestedFilename()).toMatch(/^indsigt-.*\.zip$/);
  await shown(page, 'access-released');
  await page.getByRole('button', { name: 'English' }).click();
  await page.getByRole('button', { name: 'Fetch the answer (PDF and JSON)' }).waitFor();
});
