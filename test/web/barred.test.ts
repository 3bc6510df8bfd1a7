import { afterAll, beforeAll, expect, it } from 'vitest';
import { instant } from '#domain/time.ts';
import { axeFindings, overflow } from '#test/support/browser.ts';
import { contextsOf } from '#test/support/context.ts';
import { makeForm, nextCpr } from '#test/support/municipality.ts';
import { openSite, type Site } from '#test/support/site.ts';
import { CASEWORKER, SENDER } from '#test/support/telling.ts';
import { submitNotification } from '#usecases/submit-notification.ts';

const AT = '2026-11-03T10:00:00+01:00';
const LEADER = 'team-leader-bbu-norrebro';
const ABOVE = 'area-manager-bbu';
/** Where somebody who looks at the page wants it; nowhere otherwise. */
const SHOTS = process.env.SHOTS;

let municipality: Site['municipality'];
let browser: Site['browser'];
let close: Site['close'] | undefined;

beforeAll(async () => {
  ({ municipality, browser, close } = await openSite({ clockAt: instant(AT) }));
}, 180_000);
afterAll(() => close?.());

const send = async (): Promise<string> => {
  const address = { street: 'Skjulestien 7', postalCode: '2200' };
  const children = [{ name: 'Barn', cpr: nextCpr(), address, protectedAddress: true }];
  const { referrals } = await submitNotification(
    contextsOf(municipality.deps).ctxFor(SENDER, AT),
    makeForm({ children }),
  );
  return `/sag/${referrals[0]?.id}`;
};

it('who is related to the child says so and loses the case; who is named is let in again by a leader above', {
  timeout: 180_000,
}, async () => {
  const path = await send();
  const { page: worker } = await browser.visit(CASEWORKER);
  await worker.goto(path);
  await worker.getByRole('link', { name: 'Sig, at du er inhabil' }).click();
  await worker.getByRole('button', { name: 'Jeg er inhabil' }).click();
  await worker
    .getByRole('link', { name: /Hvorfor er du inhabil\?|Begrundelse/ })
    .first()
    .waitFor();
  await worker.getByLabel('Hvorfor er du inhabil?').fill('Barnet er min niece');
  if (SHOTS) await worker.screenshot({ path: `${SHOTS}/declare.png`, fullPage: true });
  await worker.getByRole('button', { name: 'Jeg er inhabil' }).click();
  await worker.getByText('Barnets sager findes ikke længere for dig').waitFor();
  await worker.goto(path);
  await worker
    .getByText(/findes ikke|ikke fundet/i)
    .first()
    .waitFor();

  const { page } = await browser.visit(ABOVE);
  await page.goto(path);
  await page.getByRole('heading', { name: 'Inhabile' }).waitFor();
  await page.getByRole('link', { name: 'Sig, at en anden er inhabil' }).click();
  await page.getByLabel('Hvem er inhabil?').selectOption(LEADER);
  await page.getByLabel('Hvorfor er personen inhabil?').fill('Nabo');
  await page.getByRole('button', { name: 'Luk for personens adgang' }).click();
  await page.getByText('Personen ser ikke længere barnets sager').waitFor();
  expect(await axeFindings(page)).toEqual([]);
  for (const width of [1280, 360]) {
    await page.setViewportSize({ width, height: 900 });
    expect(await overflow(page)).toBe(0);
    if (SHOTS) await page.screenshot({ path: `${SHOTS}/barred-${width}.png`, fullPage: true });
  }
  await page.getByRole('link', { name: 'Ophæv en inhabilitet' }).click();
  await page.getByRole('radio', { name: /Afdelingsleder/ }).check();
  await page.getByLabel('Hvorfor kan personen se sagen igen?').fill('Flyttet');
  if (SHOTS) await page.screenshot({ path: `${SHOTS}/lift.png`, fullPage: true });
  await page.getByRole('button', { name: 'Åbn for personens adgang' }).click();
  await page.getByText('Det er gemt.').waitFor();
  const { page: leader } = await browser.visit(LEADER);
  await leader.goto(path);
  await leader.getByRole('heading', { name: 'Inhabile' }).waitFor();
});

it('a protected address comes when it is asked for, and a leader above is not offered it', {
  timeout: 120_000,
}, async () => {
  const path = await send();
  const { page } = await browser.visit(CASEWORKER);
  await page.goto(path);
  await page.getByText('Beskyttet adresse').waitFor();
  expect(await page.content()).not.toContain('Skjulestien');
  await page.getByRole('button', { name: 'Vis adressen' }).click();
  await page.getByText('Skjulestien 7').waitFor();
  await page.getByText('At du har set den, er registreret.').waitFor();
  if (SHOTS) await page.screenshot({ path: `${SHOTS}/address.png`, fullPage: true });
  const { page: above } = await browser.visit(ABOVE);
  await above.goto(path);
  await above.getByText('Beskyttet adresse').waitFor();
  expect(await above.getByRole('button', { name: 'Vis adressen' }).count()).toBe(0);
  expect(browser.complaints()).toEqual([]);
});

it('a leader restricts an employee’s child to named people, who see it, and nobody else does', {
  timeout: 120_000,
}, async () => {
  const path = await send();
  const { page } = await browser.visit(LEADER);
  await page.goto(path);
  await page.getByRole('link', { name: 'Bestem, hvem der må se sagen' }).click();
  await page.getByRole('checkbox', { name: /^Afdelingsleder, Børnefamilieenhed Nørrebro/ }).check();
  await page.getByLabel('Hvorfor er sagen kun for dem?').fill('Barn af en kollega');
  if (SHOTS) await page.screenshot({ path: `${SHOTS}/restrict.png`, fullPage: true });
  await page.getByRole('button', { name: 'Gem, hvem sagen er åben for' }).click();
  await page.getByText('Barnets sager findes nu kun for dem, der er valgt').waitFor();
  await page.getByRole('heading', { name: 'Kun for disse personer' }).waitFor();
  expect(await axeFindings(page)).toEqual([]);
  for (const width of [1280, 360]) {
    await page.setViewportSize({ width, height: 900 });
    expect(await overflow(page)).toBe(0);
    if (SHOTS) await page.screenshot({ path: `${SHOTS}/restricted-${width}.png`, fullPage: true });
  }
  const { page: worker } = await browser.visit(CASEWORKER);
  await worker.goto(path);
  await worker
    .getByText(/findes ikke|ikke fundet/i)
    .first()
    .waitFor();
});
