import { afterAll, beforeAll, expect, it } from 'vitest';
import { instant } from '#domain/time.ts';
import { lookAtBoth } from '#test/support/browser.ts';
import { callOver, logInOver } from '#test/support/browser-calls.ts';
import { contextsOf } from '#test/support/context.ts';
import { makeForm, nextCpr } from '#test/support/municipality.ts';
import { openSite, type Site } from '#test/support/site.ts';
import { CASEWORKER, SENDER } from '#test/support/telling.ts';
import { holdClock } from '#training/clock.ts';
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

  // After the hour it does not stay on screen.
  await holdClock(municipality.deps.db, instant('2026-11-03T10:59:50+01:00'));
  await page.reload();
  await page.getByText('Du læser sagen i nød indtil').waitFor();
  expect(await page.getByText(cpr.slice(0, 6)).count()).toBe(1);
  await holdClock(municipality.deps.db, instant('2026-11-03T11:00:00+01:00'));
  await page.getByText('Du kan ikke længere læse sagen i nød.').waitFor();
  await lookAtBoth(page, 'emergency-over', SHOTS);
  expect(await page.getByText(cpr.slice(0, 6)).count()).toBe(0);
  await holdClock(municipality.deps.db, instant(AT));
  // Opened a second time it is asked for anew.
  await page.getByRole('link', { name: 'Tilbage til sagslisten' }).click();
  await seek(cpr);
  await page.getByLabel('Hvorfor skal du se den nu?').fill('Barnet er her igen');
  await page.getByRole('button', { name: 'Åbn i nød' }).click();
  await page.getByText('Du læser sagen i nød indtil').waitFor();

  // Nobody has a case of this one.
  await page.goto('/sagsliste');
  await seek(nextCpr());
  await page.getByLabel('Hvorfor skal du se den nu?').fill('Et andet barn');
  await page.getByRole('button', { name: 'Åbn i nød' }).click();
  await page.getByText('Din leder får besked om, at du har søgt').waitFor();

  // The unit that has it sees who it was, and why.
  const { page: own } = await browser.visit(CASEWORKER);
  await own.goto(path);
  await own.getByText('Åbnet i nød af en, der ikke har sagen').first().waitFor();
  await own.getByText('Barnet står foran mig').waitFor();
});

it('who finds in an emergency that they are related says so; who works elsewhere is named by their unit', {
  timeout: 180_000,
}, async () => {
  const cpr = nextCpr();
  const ctx = contextsOf(municipality.deps).ctxFor(SENDER, AT);
  const { referrals } = await submitNotification(ctx, makeForm({ children: [{ name: 'Barn', cpr }] }));
  const path = `/sag/${referrals[0]?.id}`;
  const { page } = await browser.visit(STRANGER);
  const stranger = await logInOver(municipality.url, STRANGER);
  await callOver(municipality.url, stranger, 'referrals.openInEmergency', {
    text: cpr,
    reason: 'Barnet står foran mig',
  });
  await page.goto(path);
  await page.getByRole('link', { name: 'Sig, at du er inhabil' }).click();
  await page.getByLabel('Hvorfor er du inhabil?').fill('Min søsters barn');
  await lookAtBoth(page, 'emergency-declare', SHOTS);
  await page.getByRole('button', { name: 'Jeg er inhabil' }).dblclick();
  await page.getByText('Barnets sager findes ikke længere for dig').waitFor();

  const { page: own } = await browser.visit(CASEWORKER);
  await own.goto(path);
  await own.getByRole('link', { name: 'Sig, at en anden er inhabil' }).click();
  const whom = own.getByLabel('Hvem er inhabil?');
  await whom.selectOption({ index: 1 });
  await own.getByLabel('Hvor arbejder personen?').selectOption('bch-ungegruppen');
  await whom.locator('option[value="team-leader-bch-ungegruppen"]').waitFor({ state: 'attached' });
  expect(await whom.inputValue()).toBe('');
  await own.getByLabel('Hvorfor er personen inhabil?').fill('Nabo');
  await own.getByRole('button', { name: 'Luk for personens adgang' }).click();
  await own.getByRole('link', { name: 'Kollega: skal udfyldes.' }).waitFor();
  await whom.selectOption('team-leader-bch-ungegruppen');
  await lookAtBoth(own, 'conflict-elsewhere', SHOTS);
  await own.getByRole('button', { name: 'Luk for personens adgang' }).click();
  await own.getByText('Personen ser ikke længere barnets sager').waitFor();
  expect(await municipality.deps.db.conflict.count()).toBe(2);
});
