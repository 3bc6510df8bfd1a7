import { afterAll, beforeAll, expect, it } from 'vitest';
import { instant } from '#domain/time.ts';
import { axeFindings, overflow } from '#test/support/browser.ts';
import { contextsOf } from '#test/support/context.ts';
import { makeForm } from '#test/support/municipality.ts';
import { openSite, type Site } from '#test/support/site.ts';
import { CASEWORKER, SENDER } from '#test/support/telling.ts';
import { submitNotification } from '#usecases/submit-notification.ts';
import { watchReading } from '#usecases/watch-reading.ts';

const AT = '2026-11-03T10:00:00+01:00';
const LEADER = 'team-leader-bbu-norrebro';
/** Where somebody who looks at the page wants it; nowhere otherwise. */
const SHOTS = process.env.SHOTS;

let municipality: Site['municipality'];
let browser: Site['browser'];
let close: Site['close'] | undefined;

beforeAll(async () => {
  ({ municipality, browser, close } = await openSite({ clockAt: instant(AT) }));
}, 180_000);
afterAll(() => close?.());

it('a leader sees who has looked at the case and why; whoever leads nobody is not asked', {
  timeout: 120_000,
}, async () => {
  const { deps } = municipality;
  const { referrals } = await submitNotification(contextsOf(deps).ctxFor(SENDER, AT), makeForm());
  const path = `/sag/${referrals[0]?.id}`;
  const { page: worker } = await browser.visit(CASEWORKER);
  await worker.goto(path);
  await worker.getByText('Hvem havde sagen').first().waitFor();
  expect(await worker.getByText('Hvem har set sagen?').count()).toBe(0);

  const { page } = await browser.visit(LEADER);
  await page.goto(path);
  await page.getByText('Hvem har set sagen?').click();
  await page.getByText(/\d+ opslag/).waitFor();
  await page.getByText('Åbnede sagen').first().waitFor();
  await page
    .getByText(/, sagsbehandler, /)
    .first()
    .waitFor();
  expect(await axeFindings(page)).toEqual([]);
  for (const width of [1280, 360]) {
    await page.setViewportSize({ width, height: 800 });
    expect(await overflow(page)).toBe(0);
    if (SHOTS)
      await page
        .getByText('Hvem har set sagen?')
        .locator('..')
        .screenshot({ path: `${SHOTS}/who-looked-${width}.png` });
  }
});

it('a leader is asked to ask about unusual reading, and sees when what was read', { timeout: 120_000 }, async () => {
  const { deps } = municipality;
  const { systemCtx, ctxFor } = contextsOf(deps);
  const elsewhere = makeForm({ children: [{ name: 'Barn', identity: 'unborn', address: { postalCode: '2500' } }] });
  const { referrals } = await submitNotification(ctxFor(SENDER, AT), elsewhere);
  const who = { personId: CASEWORKER, unitId: 'bbu-norrebro', role: 'caseworker', purpose: 'case' };
  const what = { referralIds: [referrals[0]?.id ?? ''], childIds: [], mac: new Uint8Array(1) };
  await deps.db.readLog.create({ data: { id: crypto.randomUUID(), at: new Date(AT), ...who, ...what } });
  expect(await watchReading(systemCtx(AT))).toBe(1);
  const { page } = await browser.visit(LEADER);
  await page.goto('/opgaver');
  await page.getByText('Spørg en kollega, hvorfor de har læst det').waitFor();
  await page.getByText('Se, hvad der er læst').click();
  await page.getByText(`(${referrals[0]?.caseNumber})`).waitFor();
  expect(await axeFindings(page)).toEqual([]);
  for (const width of [1280, 360]) {
    await page.setViewportSize({ width, height: 800 });
    expect(await overflow(page)).toBe(0);
    if (SHOTS) await page.screenshot({ path: `${SHOTS}/unusual-${width}.png`, fullPage: true });
  }
  await page.getByRole('button', { name: 'Der var en grund' }).click();
  await page.getByText('Opgaven er løst.').waitFor();
});
