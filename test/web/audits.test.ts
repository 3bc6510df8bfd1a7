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

it('an auditor opens an audit, sees who acted by a code, asks who one is, and checks the journal', {
  timeout: 120_000,
}, async () => {
  const { page } = await browser.visit('auditor-sof-stab');
  const shoot = async (name: string) => {
    expect(await axeFindings(page)).toEqual([]);
    for (const width of [1280, 360]) {
      await page.setViewportSize({ width, height: 900 });
      expect(await overflow(page)).toBe(0);
      if (SHOTS) await page.screenshot({ path: `${SHOTS}/audit-${name}-${width}.png`, fullPage: true });
    }
    await page.setViewportSize({ width: 1280, height: 900 });
  };
  await page.goto('/revision');
  await page.getByText('Du har ingen revisioner').waitFor();
  await page.getByRole('button', { name: 'Åbn revisionen' }).click();
  await page.getByRole('link', { name: /^Hvad du skal undersøge/ }).waitFor();
  await shoot('none');
  await page.getByLabel('Hvad skal du undersøge?').fill('Opslag i november');
  await page.getByRole('button', { name: 'Åbn revisionen' }).dblclick();
  await page.getByRole('heading', { name: 'Hvem har set hvad', level: 1 }).waitFor();
  await page.getByRole('link', { name: 'Opsætning' }).click();
  await page.getByText('Revision åbnet').waitFor();
  const code = (await page.locator('main strong').filter({ hasText: /^M-/ }).first().textContent()) ?? '';
  await shoot('setup');
  await page.getByText('Få oplyst, hvem en kode er').click();
  await page.getByRole('textbox', { name: 'Medarbejderens kode' }).last().fill(code);
  await page.getByLabel('Hvorfor er det nødvendigt?').fill('Klage over opslag');
  await page.getByRole('button', { name: 'Få det oplyst' }).click();
  await page.getByText('Navnet på stillingen står nu ved koden').waitFor();
  await page.getByText('Revision har fået oplyst, hvem en medarbejder er').waitFor();
  await shoot('unmasked');
  await page.getByRole('link', { name: 'Er journalen hel?' }).click();
  await page.getByRole('button', { name: 'Regn journalen efter' }).click();
  await page.getByText('Journalen er hel').waitFor();
  await shoot('journal');
  await page.getByRole('link', { name: 'Alle revisioner' }).click();
  await page.getByRole('link', { name: 'Opslag i november' }).waitFor();
  await shoot('list');
  await page.getByRole('link', { name: 'Opslag i november' }).click();
  await page.getByText('Vis kun').click();
  await page.getByRole('textbox', { name: 'Medarbejderens kode' }).first().fill(code);
  await page.getByRole('button', { name: 'Vis', exact: true }).click();
  await page.getByRole('button', { name: 'Vis alt' }).waitFor();
  await shoot('reads');
});
