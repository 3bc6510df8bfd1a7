import { afterAll, beforeAll, expect, it } from 'vitest';
import { instant } from '#domain/time.ts';
import { lookAtBoth } from '#test/support/browser.ts';
import { contextsOf } from '#test/support/context.ts';
import { makeForm, nextCpr } from '#test/support/municipality.ts';
import { openSite, type Site } from '#test/support/site.ts';
import { CASEWORKER, SENDER } from '#test/support/telling.ts';
import { submitNotification } from '#usecases/submit-notification.ts';

const AT = '2026-11-03T10:00:00+01:00';
const STRANGER = 'caseworker-bch-ungegruppen';
/** Where somebody who looks at the page wants it; nowhere otherwise. */
const SHOTS = process.env.SHOTS;

let municipality: Site['municipality'];
let browser: Site['browser'];
let close: Site['close'] | undefined;

beforeAll(async () => {
  ({ municipality, browser, close } = await openSite({ clockAt: instant(AT) }));
}, 180_000);
afterAll(() => close?.());

it('a case of another unit is opened in an emergency, after it is told who will know', {
  timeout: 180_000,
}, async () => {
  const cpr = nextCpr();
  const address = { street: 'Prøvevej 7', postalCode: '2200' };
  const children = [{ name: 'Barn', cpr, address, protectedAddress: true }];
  const ctx = contextsOf(municipality.deps).ctxFor(SENDER, AT);
  const { referrals } = await submitNotification(ctx, makeForm({ children }));
  const path = `/sag/${referrals[0]?.id}`;

  const { page } = await browser.visit(STRANGER);
  await page.goto('/sagsliste');
  const seek = async (text: string) => {
    await page.getByLabel('Søg på helt CPR-nummer eller sagsnummer').fill(text);
    await page.getByRole('button', { name: 'Søg', exact: true }).click();
    await page.getByText('Er barnet i fare nu').click();
  };
  await seek(cpr);
  await page.getByText('Enheden, der har den, får besked').waitFor();
  await page.getByRole('button', { name: 'Åbn i nød' }).click();
  await page
    .getByRole('link', { name: /Hvorfor skal du se den nu|Begrundelse/ })
    .first()
    .waitFor();
  await lookAtBoth(page, 'emergency-asked', SHOTS);
  await page.getByLabel('Hvorfor skal du se den nu?').fill('Barnet står foran mig');
  await page.getByRole('button', { name: 'Åbn i nød' }).dblclick();
  await page.getByText('Du læser sagen i nød indtil').waitFor();
  expect(new URL(page.url()).pathname).toBe(path);
  await lookAtBoth(page, 'emergency-case', SHOTS);
  expect(await page.getByText('Prøvevej').count()).toBe(0);
  expect(await municipality.deps.db.emergencyAccess.count()).toBe(1);

  // Nobody has a case of this one.
  await page.goto('/sagsliste');
  await seek(nextCpr());
  await page.getByLabel('Hvorfor skal du se den nu?').fill('Et andet barn');
  await page.getByRole('button', { name: 'Åbn i nød' }).click();
  await page.getByText('Din leder får besked om, at du har søgt').waitFor();

  // The unit that has it sees who it was, and why.
  const { page: own } = await browser.visit(CASEWORKER);
  await own.goto(path);
  await own.getByText('Åbnet i nød af en, der ikke har sagen').waitFor();
  await own.getByText('Barnet står foran mig').waitFor();
});
