import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { axeFindings, overflow, type TestBrowser } from '#test/support/browser.ts';

const INTAKE = 'intake-bbu-norrebro';
const RECEIVER = 'intake-bbu-valby';
const COORDINATOR = 'buf-sof-coordinator-sof-stab';
const REASON = 'Familien er flyttet til Valby.';

const open = (page: Page, act: string) => page.getByRole('link', { name: act, exact: true }).click();
const press = (page: Page, button: string) => page.getByRole('button', { name: button, exact: true }).click();
const says = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor();

/** In order as it stands, and on the narrowest screen that counts. */
const inOrder = async (page: Page): Promise<void> => {
  expect(await axeFindings(page)).toEqual([]);
  await page.setViewportSize({ width: 360, height: 800 });
  expect(await overflow(page), page.url()).toBe(0);
  await page.setViewportSize({ width: 1280, height: 800 });
};

const decided = async (page: Page): Promise<void> => {
  await open(page, 'Tag sagen');
  await press(page, 'Tag sagen');
  await says(page, 'Du har taget sagen.');
  await open(page, 'Lav 24-timers vurderingen');
  await press(page, 'Gem vurderingen');
  await page.getByRole('link', { name: 'Begrundelse: skal udfyldes.' }).waitFor();
  await inOrder(page);
  await page.getByLabel('Ja, sagen er akut').check();
  await page.getByLabel('Hvad har du gjort?').selectOption({ label: 'Telefonsamtale' });
  await page.getByLabel('Hvad viser det').fill('Skolen er bekymret for i aften.');
  await press(page, 'Gem vurderingen');
  await says(page, 'Vurderingen er gemt.');
  await open(page, 'Afgør, hvad der skal ske');
  await page.getByLabel('Børnefaglig undersøgelse (§ 20)').check();
  await page.getByLabel('Hvorfor?').fill('Der skal undersøges.');
  await press(page, 'Træf afgørelsen');
  await says(page, 'Afgørelsen er truffet.');
  await inOrder(page);
};

/** The sentences of the preview are those of the confirmation, which names the recipient. */
const fedBack = async (page: Page): Promise<void> => {
  await open(page, 'Orientér underretter');
  const card = page.locator('.told-card');
  await card.getByText('Der er sat en børnefaglig undersøgelse i gang.').waitFor();
  await page.getByLabel('Ring til mig').check();
  await card.getByText('Ring til os.').waitFor();
  await inOrder(page);
  const previewed = await card.locator('p').allTextContents();
  await press(page, 'Gå til bekræftelse');
  await page.getByRole('heading', { name: /Skal Skolesocialrådgiver, .* have dette at vide\?/ }).waitFor();
  expect(await card.locator('p').allTextContents()).toEqual(previewed);
  await inOrder(page);
  await press(page, 'Ja, fortæl det');
  await says(page, 'Underretter er orienteret.');
  await page.getByRole('link', { name: /^Tilbage til sag/ }).click();
  await says(page, 'Givet og nået frem');
};

/** An act counts as done when the page has been read anew, however slow the line: the next one is not refused. */
const twoInARow = async (page: Page): Promise<void> => {
  const slow = '**/trpc/referrals.get*';
  await page.route(slow, async (route) => {
    await page.waitForTimeout(2_000);
    await route.continue();
  });
  await open(page, 'Bliv på sagen efter lukketid');
  await press(page, 'Bliv på sagen efter lukketid');
  await says(page, 'Det er gemt.');
  await open(page, 'Foreslå, at en anden enhed tager sagen');
  await page.getByLabel('Hvilken enhed skal tage sagen?').selectOption({ label: 'Børnefamilieenhed Valby' });
  await page.getByLabel('Hvorfor er det den enheds?').fill(REASON);
  await press(page, 'Send forslaget');
  await says(page, 'En anden enhed er bedt om at tage sagen.');
  await page.unroute(slow);
};

const declined = async (page: Page, referralId: string): Promise<void> => {
  await page.goto('/sagsliste');
  await page.getByRole('link', { name: 'Overdraget til os 1' }).click();
  await page.locator('.row-link').first().waitFor();
  await inOrder(page);
  await page.locator('.row-link').first().click();
  await page.getByRole('heading', { level: 1, name: /^Overdragelse: sag/ }).waitFor();
  // Its mail leads to the case, which it may not see: it is shown what is asked of it.
  await page.goto(`/sag/${referralId}`);
  await says(page, REASON);
  expect(page.url()).toContain('/uenighed/');
  await inOrder(page);
  await open(page, 'Sig nej, og sig hvis den er');
  await page.getByLabel('Hvis ansvar er sagen i stedet?').selectOption({ label: 'Børnefamilieenhed Nørrebro' });
  await page.getByLabel('Hjemmel').fill('Barnets adresse');
  await page.getByLabel('Hvorfor er det ikke jeres?').fill('Barnet bor stadig på Nørrebro.');
  await press(page, 'Sig nej, og sig hvis den er');
  await says(page, 'Hvad siger parterne?');
};

const settled = async (page: Page): Promise<void> => {
  await page.goto('/');
  await page.getByRole('heading', { level: 1, name: 'Uenigheder' }).waitFor();
  await page.locator('.row-link').first().waitFor();
  await inOrder(page);
  await page.locator('.row-link').first().click();
  await page.getByRole('article', { name: 'Børnefamilieenhed Valby' }).getByText('Barnet bor stadig').waitFor();
  await page.getByRole('article', { name: 'Børnefamilieenhed Nørrebro' }).getByText(REASON).waitFor();
  await page.getByText('Er den ikke løst da, går den af sig selv til trin 3.').waitFor();
  await inOrder(page);
  await open(page, 'Afgør, hvis ansvar det er');
  await page.getByLabel('Hvilken enhed skal have ansvaret?').selectOption({ label: 'Børnefamilieenhed Valby' });
  await page.getByLabel('Hjemmel').fill('Ansvarsfordelingen');
  await page.getByLabel('Begrundelse').fill('Flytningen er registreret.');
  await inOrder(page);
  await press(page, 'Afgør, hvis ansvar det er');
  await says(page, 'Det er afgjort.');
};

/** From the notification's arrival to the lawful answer, and from a hand-over that is declined to its settlement. */
export const wholeJourney = async (browser: TestBrowser, referralId: string): Promise<void> => {
  const intake = (await browser.visit(INTAKE)).page;
  await intake.goto(`/sag/${referralId}`);
  // What the system itself does to a case makes a page that was read before it stale, too.
  await says(intake, 'Kvittering leveret til underretter');
  await decided(intake);
  await fedBack(intake);
  await twoInARow(intake);
  const receiver = (await browser.visit(RECEIVER)).page;
  await declined(receiver, referralId);
  await settled((await browser.visit(COORDINATOR)).page);
  await receiver.goto(`/sag/${referralId}`);
  await receiver.locator('.owner-unit').getByText('Børnefamilieenhed Valby').waitFor();
  await inOrder(receiver);
  // Whom it did not go to is told who has it and why, and nothing of the case.
  await intake.goto(`/sag/${referralId}`);
  await intake.getByRole('heading', { level: 1, name: /^Sådan blev det/ }).waitFor();
  await says(intake, 'Flytningen er registreret.');
  expect(await intake.getByRole('heading', { name: 'Barnet' }).count()).toBe(0);
  await inOrder(intake);
};
