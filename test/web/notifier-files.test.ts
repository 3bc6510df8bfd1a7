import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { instant } from '#domain/time.ts';
import { lookAtBoth } from '#test/support/browser.ts';
import { contextsOf } from '#test/support/context.ts';
import { makeForm } from '#test/support/municipality.ts';
import { openSite, type Site } from '#test/support/site.ts';
import { CASEWORKER, SENDER } from '#test/support/telling.ts';
import { saveDraft } from '#usecases/save-draft.ts';

const AT = '2026-11-03T10:00:00+01:00';
/** Where somebody who looks at the pages wants them; nowhere otherwise. */
const SHOTS = process.env.SHOTS;
const NAME = 'Barnets tegning fra i går, hvor hele familien er med, og hvor hunden står uden for huset.pdf';
/** Every question of the page that must be answered. */
const ANSWERED = {
  children: [{ name: 'Barn', identity: 'unknown', address: { postalCode: '2200' } }],
  acute: { marked: false },
};
const WORDS = 'Hun siger, at hun ikke tør gå hjem.';

let municipality: Site['municipality'];
let browser: Site['browser'];
let close: Site['close'] | undefined;
beforeAll(async () => {
  ({ municipality, browser, close } = await openSite({ clockAt: instant(AT) }));
}, 180_000);
afterAll(() => close?.());

const pdf = (name: string, bytes = 0) => ({
  name,
  mimeType: 'application/pdf',
  buffer: Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(bytes, 'indhold ')]),
});

const shown = (page: Page, name: string): Promise<void> => lookAtBoth(page, name, SHOTS);

it('files beside a draft: shown with their size, refused in words, taken away, not lost with the network, and sent', {
  timeout: 180_000,
}, async () => {
  const { deps } = municipality;
  const { id } = await saveDraft(contextsOf(deps).ctxFor(SENDER, AT), { form: makeForm(ANSWERED) });
  const { page } = await browser.visit(SENDER);
  await page.goto(`/ny/${id}?trin=concern`);
  const files = page.getByRole('region', { name: 'Filer' });
  const input = files.getByLabel('Vælg en fil');
  await input.setInputFiles(pdf(NAME, 1_500_000));
  await files.getByRole('link', { name: NAME }).waitFor();
  await files.getByText('PDF, 1,4 MB').waitFor();
  await files.getByText('Filen er lagt ved.').waitFor();
  await input.setInputFiles({ ...pdf('side.pdf'), buffer: Buffer.from('<html>') });
  await files.getByRole('link', { name: /Filen: skal være en PDF eller et billede/ }).waitFor();
  await shown(page, 'draft-files');

  // The network goes while there are words that are not saved and a file that is not sent.
  await page.context().setOffline(true);
  await page.getByLabel('Beskrivelsen af bekymringen').fill(WORDS);
  await input.setInputFiles(pdf('Referat.pdf', 50_000));
  const again = files.getByRole('button', { name: 'Prøv igen med den valgte fil' });
  await again.waitFor();
  await shown(page, 'draft-files-offline');
  await page.context().setOffline(false);
  await again.click();
  await page.getByText('Gemt kl.').waitFor();
  expect(await page.getByLabel('Beskrivelsen af bekymringen').inputValue()).toBe(WORDS);
  await files.getByRole('link', { name: 'Referat.pdf' }).waitFor();
  await files.getByRole('button', { name: /^Fjern filen.*Referat/ }).click();
  await files.getByRole('link', { name: 'Referat.pdf' }).waitFor({ state: 'detached' });

  await page.goto(`/ny/${id}?trin=review`);
  await page.getByRole('region', { name: 'Filer' }).getByRole('link', { name: NAME }).waitFor();
  await page.getByRole('button', { name: 'Send underretningen' }).click();
  await page.waitForURL(/\/sendt\//);
  const { id: caseId, notificationId } = await deps.db.referral.findFirstOrThrow({ orderBy: { registeredAt: 'desc' } });
  const { page: theirs } = await browser.visit(CASEWORKER);
  await theirs.goto(`/sag/${caseId}`);
  const ofCase = theirs.getByRole('region', { name: 'Filer' });
  await ofCase.getByText(/^PDF, 1,4 MB, fra underretter /).waitFor();
  await theirs.getByText('Fil fra underretter').waitFor();
  const downloading = theirs.waitForEvent('download');
  await ofCase.getByRole('link', { name: NAME }).click();
  expect((await downloading).suggestedFilename()).toBe(NAME);

  // More is laid beside it, in the other language.
  await page.goto(`/mine/${notificationId}/tilfoej`);
  await page.getByRole('button', { name: 'English' }).click();
  const sent = page.getByRole('region', { name: 'Files' });
  await sent.getByRole('link', { name: NAME }).waitFor();
  await sent.getByLabel('Choose a file').setInputFiles(pdf('Minutes.pdf', 9_000));
  await sent.getByRole('button', { name: 'Send the file' }).click();
  await sent.getByText('The file has been sent. Whoever has the case is told.').waitFor();
  await sent.getByRole('link', { name: 'Minutes.pdf' }).waitFor();
  await shown(page, 'sent-files');
  await theirs.reload();
  await ofCase.getByRole('link', { name: 'Minutes.pdf' }).waitFor();
});
