import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { instant } from '#domain/time.ts';
import { fileScan } from '#jobs/handlers/file-scan.ts';
import { clamdAt } from '#platform/scanner.ts';
import { axeFindings, overflow } from '#test/support/browser.ts';
import { HARMFUL_PDF, startClamd } from '#test/support/clamd.ts';
import { contextsOf } from '#test/support/context.ts';
import { makeForm } from '#test/support/municipality.ts';
import { openSite, type Site } from '#test/support/site.ts';
import { CASEWORKER, SENDER } from '#test/support/telling.ts';
import { addAttachment } from '#usecases/add-attachment.ts';
import { submitNotification } from '#usecases/submit-notification.ts';

const AT = '2026-11-03T10:00:00+01:00';
/** Where somebody who looks at the page wants it; nowhere otherwise. */
const SHOTS = process.env.SHOTS;
const NAME = 'Åses lægeerklæring med et meget langt navn, som ikke kan stå på én linje på en telefon.pdf';

let municipality: Site['municipality'];
let browser: Site['browser'];
let close: Site['close'] | undefined;

beforeAll(async () => {
  ({ municipality, browser, close } = await openSite({ clockAt: instant(AT) }));
}, 180_000);
afterAll(() => close?.());

it('a file is chosen, refused in words, put on the case with the keyboard alone, and fetched', {
  timeout: 120_000,
}, async () => {
  const { deps } = municipality;
  const { referrals } = await submitNotification(contextsOf(deps).ctxFor(SENDER, AT), makeForm());
  const { page } = await browser.visit(CASEWORKER);
  await page.goto(`/sag/${referrals[0]?.id}`);
  const files = page.getByRole('region', { name: 'Filer' });
  const input = files.getByLabel('Vælg en fil');
  const add = files.getByRole('button', { name: 'Læg filen på sagen' });
  const shots = async (name: string): Promise<void> => {
    expect(await axeFindings(page)).toEqual([]);
    for (const width of [360, 1280]) {
      await page.setViewportSize({ width, height: 800 });
      expect(await overflow(page)).toBe(0);
      if (SHOTS) await files.screenshot({ path: `${SHOTS}/files-${name}-${width}.png` });
    }
  };
  await files.getByText('Der er ingen filer på sagen.').waitFor();

  await add.focus();
  await page.keyboard.press('Enter');
  await files.getByRole('link', { name: 'Filen: skal udfyldes.' }).waitFor();
  await input.setInputFiles({ name: 'side.pdf', mimeType: 'application/pdf', buffer: Buffer.from('<html>') });
  await add.focus();
  await page.keyboard.press('Enter');
  await files.getByRole('link', { name: /Filen: skal være en PDF eller et billede/ }).waitFor();
  await shots('refused');
  const large = Buffer.concat([Buffer.from('%PDF-1.7'), Buffer.alloc(20 * 1024 * 1024)]);
  await input.setInputFiles({ name: 'stor.pdf', mimeType: 'application/pdf', buffer: large });
  await add.click();
  await files.getByRole('link', { name: /Filen: fylder mere end 20 MB/ }).waitFor();

  const buffer = Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(1_500_000, 'indhold ')]);
  await input.setInputFiles({ name: NAME, mimeType: 'application/pdf', buffer });
  await add.focus();
  await page.keyboard.press('Enter');
  const link = files.getByRole('link', { name: NAME });
  await link.waitFor();
  await files.getByText('Filen er lagt på sagen.').waitFor();
  await files.getByText(/^PDF, 1,4 MB, lagt på /).waitFor();
  await page.getByText('Fil lagt på sagen').waitFor();
  await shots('kept');

  const download = page.waitForEvent('download');
  await link.click();
  const got = await download;
  expect(got.suggestedFilename()).toBe(NAME);
  expect(readFileSync(await got.path()).equals(buffer)).toBe(true);
});

it('a file that is being checked says so and opens for nobody; the page follows when it is done', {
  timeout: 120_000,
}, async () => {
  const { deps, jobs } = municipality;
  const clamd = await startClamd();
  const scanned = contextsOf({ ...deps, scan: clamdAt(clamd.url) });
  const { referrals } = await submitNotification(contextsOf(deps).ctxFor(SENDER, AT), makeForm());
  const id = referrals[0]?.id ?? '';
  const add = async (name: string, content: Buffer): Promise<string> => {
    async function* pieces(): AsyncGenerator<Uint8Array> {
      yield content;
    }
    return (await addAttachment(scanned.ctxFor(CASEWORKER, AT), { id, name }, pieces())).attachmentId;
  };
  const [clean, harmful] = [await add('Lægeerklæring.pdf', Buffer.from('%PDF-1.7')), await add(NAME, HARMFUL_PDF)];
  const { page } = await browser.visit(CASEWORKER);
  await page.goto(`/sag/${id}`);
  const files = page.getByRole('region', { name: 'Filer' });
  await files.getByText('Kontrolleres').first().waitFor();
  expect(await files.getByRole('link').count()).toBe(0);
  const shots = async (name: string): Promise<void> => {
    expect(await axeFindings(page)).toEqual([]);
    for (const width of [360, 1280]) {
      await page.setViewportSize({ width, height: 800 });
      expect(await overflow(page)).toBe(0);
      if (SHOTS) await files.screenshot({ path: `${SHOTS}/files-${name}-${width}.png` });
    }
  };
  await shots('held');
  for (const attachmentId of [clean, harmful]) {
    await fileScan(async (rule) => scanned.systemCtx(AT, rule), { attachmentId });
  }
  await jobs.settle();
  await files.getByRole('link', { name: 'Lægeerklæring.pdf' }).waitFor();
  await files.getByText('Afvist').waitFor();
  await page.getByText('Fil afvist og slettet: den indeholdt skadelig kode').waitFor();
  await shots('checked');
  expect(await files.getByRole('link').count()).toBe(1);
  await clamd.stop();
});
