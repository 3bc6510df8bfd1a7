import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { instant } from '#domain/time.ts';
import { axeFindings, overflow } from '#test/support/browser.ts';
import { callOver, logInOver } from '#test/support/browser-calls.ts';
import { makeForm } from '#test/support/municipality.ts';
import { openSite, type Site } from '#test/support/site.ts';
import { withoutIds } from '#test/support/without-ids.ts';
import { holdClock } from '#training/clock.ts';
import type { Submitted } from '#usecases/store-submission.ts';
import { wholeJourney } from './journey.ts';

const WRITER = 'school-social-worker-skole-norrebro';
const COLLEAGUE = 'notifier-skole-norrebro';
const INTAKE = 'intake-bbu-norrebro';
const LEADER = 'team-leader-bbu-norrebro';
const CHILD = { name: 'Alma Planteret', cpr: '074416-4123', street: 'Hemmeligvej 17' };
/** A Tuesday morning on which everybody is at work. */
const AT = '2026-11-03T10:00:00+01:00';
/** Milliseconds: axe takes seconds for a page when the other tests have the processors. */
const PATIENT = 180_000;

let municipality: Site['municipality'];
let browser: Site['browser'];
let close: Site['close'] | undefined;

beforeAll(async () => {
  ({ municipality, browser, close } = await openSite());
  await holdClock(municipality.deps.db, instant(AT));
}, 120_000);

afterAll(() => close?.());

const submitOver = async (person: string, overrides: Record<string, unknown> = {}): Promise<string> => {
  const cookie = await logInOver(municipality.url, person);
  const sent = await callOver(municipality.url, cookie, 'notifications.submit', makeForm(overrides));
  return (sent as Submitted).referrals[0]?.id ?? '';
};

const eventually = <Value>(read: () => Value | Promise<Value>) => expect.poll(read, { timeout: 15_000 });
const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name });
const next = (page: Page) => page.getByRole('button', { name: 'Næste' }).click();
const clean = async (page: Page): Promise<void> => expect(await axeFindings(page)).toEqual([]);

const beginDraft = async (page: Page): Promise<void> => {
  await page.goto('/ny');
  await page.getByText('Forældrene får normalt lov at læse').waitFor();
  await page.getByRole('button', { name: 'Begynd' }).click();
  await heading(page, 'Barn eller børn').waitFor();
};

const fillChild = async (page: Page): Promise<void> => {
  await page.getByLabel('Barnets navn').fill(CHILD.name);
  await page.getByLabel('Barnets CPR-nummer').fill(CHILD.cpr);
  await page.getByLabel('Barnets vej og nummer').fill(CHILD.street);
  await page.getByLabel('Barnets postnummer').fill('2200');
};

it(
  'a school notifies, the receipt leaves, intake sees it on top without reloading and takes it',
  async () => {
    await submitOver(WRITER);
    const intake = (await browser.visit(INTAKE)).page;
    await intake.goto('/sagsliste');
    const rows = intake.locator('tbody tr');
    await eventually(() => rows.count()).toBe(1);
    await clean(intake);
    const caught = municipality.catcher.list().length;

    const { page } = await browser.visit(WRITER);
    await page.goto('/');
    await page.getByRole('link', { name: 'Ny underretning' }).waitFor();
    await clean(page);
    await beginDraft(page);
    await fillChild(page);
    await page.getByText('Gemt kl. 10.00').waitFor();
    await clean(page);
    await next(page);
    await heading(page, 'Familien').waitFor();
    await next(page);
    await page.getByLabel('Beskrivelsen af bekymringen').fill('Alma kommer sulten i skole hver mandag.');
    await clean(page);
    await next(page);
    await heading(page, 'Det er forsøgt').waitFor();
    await next(page);
    await page.getByLabel('Ja', { exact: true }).check();
    await next(page);
    await page.getByRole('group', { name: 'Er det akut?' }).getByLabel('Ja').check();
    await page.getByText('Ring nu, og skriv bagefter').waitFor();
    await page.getByLabel('Hvorfor det er akut').fill('Hun tør ikke gå hjem.');
    await clean(page);
    await next(page);
    await page.getByLabel('Underretterens navn').fill('Birgitte Løvstad');
    await next(page);
    await heading(page, 'Tjek dine svar').waitFor();
    await clean(page);
    await page.getByRole('button', { name: 'Send underretningen' }).click();
    await heading(page, 'Underretningen er sendt').waitFor();
    await clean(page);

    // Acute, so it is due first: above what stood there, on a page that nobody has touched.
    await eventually(() => rows.count()).toBe(2);
    await rows.first().getByText('Akut').waitFor();
    await eventually(() => municipality.catcher.list().length).toBeGreaterThan(caught);
    for (const mail of municipality.catcher.list()) {
      const bytes = new TextDecoder().decode(municipality.catcher.raw(mail.id) ?? new Uint8Array());
      for (const secret of ['Alma', 'Planteret', '0744164123', CHILD.cpr, 'Hemmeligvej', 'sulten']) {
        expect(`${mail.text} ${bytes}`).not.toContain(secret);
      }
    }

    await rows.first().getByRole('link').click();
    await intake.getByRole('heading', { name: 'Hvem gør noget nu?' }).waitFor();
    await clean(intake);
    await intake.getByRole('link', { name: 'Tag sagen' }).click();
    await intake.getByRole('group', { name: 'Er barnet kendt?' }).waitFor();
    await clean(intake);
    await intake.getByRole('button', { name: 'Tag sagen' }).click();
    await intake.getByText('Du har taget sagen.').waitFor();
    await clean(intake);

    await page.getByRole('link', { name: 'Se mine underretninger' }).click();
    const card = page.getByRole('article').first();
    await card.getByText('Socialforvaltningen').waitFor();
    await card.getByRole('link', { name: '+45 00 00 90 00' }).waitFor();
    await eventually(() => card.getByText(/^Sendt til dig/).count()).toBe(1);
    expect(await card.textContent()).not.toMatch(/Nørrebro|Taget|Modtagelsen/);
    await clean(page);
    expect(browser.complaints()).toEqual([]);
  },
  PATIENT,
);

it('a refused step says what is missing in the same words twice, and the summary leads to the field', async () => {
  const { page } = await browser.visit(WRITER);
  await beginDraft(page);
  await next(page);
  const summary = page.getByRole('alert').filter({ hasText: 'Der er noget, der skal rettes' });
  await eventually(() => summary.evaluate((box) => box === document.activeElement)).toBe(true);
  const line = summary.getByRole('link').first();
  const words = (await line.textContent())?.trim();
  expect(await page.locator('.form-error-message').first().textContent()).toContain(words);
  await clean(page);
  await line.click();
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('f-children-0-name');
  await page.keyboard.insertText('Barn');
  await eventually(() => summary.getByRole('link').count()).toBe(1);
});

it('a draft survives, and a colleague who writes meanwhile overwrites nothing', async () => {
  const mine = (await browser.visit(WRITER)).page;
  await beginDraft(mine);
  await mine.getByLabel('Barnets navn').fill('Første udgave');
  await eventually(() => mine.locator('.draft-saved').count()).toBe(1);
  await mine.reload();
  await eventually(() => mine.getByLabel('Barnets navn').inputValue()).toBe('Første udgave');

  const theirs = (await browser.visit(COLLEAGUE)).page;
  await theirs.goto('/');
  await theirs.getByRole('link', { name: 'Første udgave' }).click();
  await theirs.getByLabel('Barnets navn').fill('Kollegaens udgave');
  await theirs.waitForResponse((response) => response.url().includes('drafts.save') && response.ok());

  await mine.getByLabel('Barnets navn').fill('Min udgave');
  await mine.getByText('En kollega har skrevet i kladden imens').waitFor();
  expect(await mine.getByLabel('Barnets navn').inputValue()).toBe('Min udgave');
  await clean(mine);
  await mine.getByRole('button', { name: 'Behold min udgave' }).click();
  await eventually(() => mine.locator('.draft-saved').count()).toBe(1);
  await mine.reload();
  await eventually(() => mine.getByLabel('Barnets navn').inputValue()).toBe('Min udgave');
});

it('the worklist is worked by keyboard, and its keys can be switched off', async () => {
  await submitOver(WRITER);
  const { page } = await browser.visit(INTAKE);
  await page.goto('/sagsliste?fane=new');
  await page.locator('[data-row]').first().waitFor();
  await page.keyboard.press('/');
  await eventually(() => page.evaluate(() => document.activeElement?.id)).toBe('list-search');
  await page.getByRole('heading', { level: 1 }).click();
  await page.keyboard.press('?');
  await page.getByRole('dialog').getByText('Gå op og ned mellem rækkerne').waitFor();
  await clean(page);
  await page.keyboard.press('Escape');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Hvem gør noget nu?' }).waitFor();
  await page.goBack();
  await page.getByRole('button', { name: 'Genvejstaster' }).click();
  await page.getByLabel('Brug genvejstaster').uncheck();
  await page.keyboard.press('Escape');
  await page.keyboard.press('?');
  expect(await page.getByRole('dialog').count()).toBe(0);
});

it('names appear only when asked for, and a whole CPR number finds the case', async () => {
  const { page } = await browser.visit(INTAKE);
  await page.goto('/sagsliste');
  await page.locator('[data-row]').first().waitFor();
  expect(await page.getByText(CHILD.name).count()).toBe(0);
  await page.getByRole('button', { name: 'Vis navne' }).click();
  await page.getByText(CHILD.name).waitFor();
  await clean(page);
  await page.getByLabel('Søg på helt CPR-nummer').fill(CHILD.cpr);
  await page.getByRole('button', { name: 'Søg', exact: true }).click();
  await page.getByRole('heading', { name: 'Hvem gør noget nu?' }).waitFor();
  expect(withoutIds(page.url())).not.toContain('0744');
});

it('a case that somebody else changes says so, and what is being typed stays', async () => {
  await submitOver(WRITER);
  const mine = (await browser.visit(INTAKE)).page;
  await mine.goto('/sagsliste?fane=new');
  await mine.locator('[data-row]').first().click();
  await mine.getByRole('link', { name: 'Skriv et sagsbehandlingsskridt' }).click();
  await mine.getByLabel('Beskriv kort').fill('Ringede til skolen.');

  const theirs = (await browser.visit(LEADER)).page;
  await theirs.goto(new URL(mine.url()).pathname);
  await theirs.getByRole('link', { name: 'Tilføj til underretningen' }).waitFor();
  await theirs.getByRole('link', { name: 'Bliv på sagen efter lukketid' }).click();
  await theirs.getByRole('button', { name: 'Bliv på sagen efter lukketid' }).click();
  await mine.getByText('Afdelingsleder, Børnefamilieenhed Nørrebro, har lige gjort noget ved sagen').waitFor();
  expect(await mine.getByLabel('Beskriv kort').inputValue()).toBe('Ringede til skolen.');
  await clean(mine);
});

it('a case that belongs to another unit moves there at once, says so, and is no longer shown', async () => {
  await submitOver(WRITER);
  const { page } = await browser.visit(INTAKE);
  await page.goto('/sagsliste?fane=new');
  await page.locator('[data-row]').first().click();
  await page.getByRole('link', { name: 'Tag sagen' }).click();
  await page.getByLabel('Ja, barnet har en åben sag i').check();
  await page.getByRole('button', { name: 'Tag sagen' }).click();
  await page.getByRole('alert').getByRole('link').waitFor();
  await page.getByLabel('Enhed med den åbne sag').selectOption({ label: 'Børnefamilieenhed Valby' });
  await page.getByRole('button', { name: 'Tag sagen' }).click();
  await page.getByText('Sagen hører til Børnefamilieenhed Valby og er flyttet dertil.').waitFor();
  await eventually(() => page.getByRole('heading', { name: 'Barnet' }).count()).toBe(0);
  await clean(page);
});

it(
  'a case goes all the way to the feedback, and a hand-over that is declined to its settlement',
  async () => {
    await wholeJourney(browser, await submitOver(WRITER));
    expect(browser.complaints()).toEqual([]);
  },
  PATIENT,
);

const PLACES = {
  [WRITER]: ['/', '/ny', '/mine'],
  [INTAKE]: ['/sagsliste', '/sagsliste?fane=overdue', '/registrer', '/forespoergsel', '/uenigheder'],
  nobody: [
    '/log-ind',
    '/naar-du-er-bekymret',
    '/tilgaengelighed',
    '/privatliv',
    '/oevelse/ur',
    '/oevelse/postkasse',
    '/nej',
  ],
} as const;

it.each(Object.entries(PLACES))(
  'every page of %s is in order at 360 pixels, in both languages',
  async (who, paths) => {
    const { page } = await browser.visit(who === 'nobody' ? null : who, 360);
    for (const path of paths) {
      await page.goto(path);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.getByRole('button', { name: 'English' }).click();
      await eventually(() => page.evaluate(() => document.documentElement.lang)).toBe('en');
      expect(await overflow(page), path).toBe(0);
      await clean(page);
      expect(await page.title(), path).toMatch(/ – Bindeled$/);
      await page.getByRole('button', { name: 'Dansk' }).click();
    }
    await page.getByRole('button', { name: 'English' }).click();
    await page.reload();
    await eventually(() => page.evaluate(() => document.documentElement.lang)).toBe('en');
    expect(browser.complaints()).toEqual([]);
  },
  PATIENT,
);
