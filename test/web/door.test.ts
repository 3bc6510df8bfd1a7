import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { instant } from '#domain/time.ts';
import { axeFindings, overflow } from '#test/support/browser.ts';
import { callOver, logInOver } from '#test/support/browser-calls.ts';
import { openSite, type Site } from '#test/support/site.ts';
import { holdClock } from '#training/clock.ts';

/** A Tuesday morning on which everybody is at work. */
const AT = '2026-11-03T10:23:00+01:00';
/** Milliseconds: axe takes seconds for a page when the other tests have the processors. */
const PATIENT = 180_000;
const DOCTOR = 'lise@klinik.example';
const CHILD = 'Alma Planteret';

let town: Site['municipality'];
let browser: Site['browser'];
let close: Site['close'] | undefined;
beforeAll(async () => {
  ({ municipality: town, browser, close } = await openSite());
  await holdClock(town.deps.db, instant(AT));
}, 120_000);
afterAll(() => close?.());

const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name }).waitFor();
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
const next = (page: Page) => press(page, 'Næste');
/** In order as it stands: nothing for axe, and not wider than the narrowest screen that counts. */
const inOrder = async (page: Page): Promise<void> => {
  expect(await axeFindings(page)).toEqual([]);
  const { width = 360, height = 800 } = page.viewportSize() ?? {};
  await page.setViewportSize({ width: 360, height: 800 });
  expect(await overflow(page), page.url()).toBe(0);
  await page.setViewportSize({ width, height });
};

/** Fields on the page that must be answered: not marked as optional. */
const demanded = (page: Page): Promise<number> =>
  page
    .locator('.wizard-form .form-group > label.form-label, .wizard-form .form-group legend.form-label')
    .evaluateAll((labels) => labels.filter((label) => !/(frivilligt)/.test(label.textContent ?? '')).length);

/** A wrong code is refused, which the page answers for. */
const complaints = (): string[] => browser.complaints().filter((one) => !/fagperson.*status of 400/.test(one));

const mailTo = async (to: string, pattern: RegExp): Promise<string> => {
  await town.jobs.settle();
  const found = town.catcher
    .list()
    .filter((mail) => mail.to.includes(to))
    .map(({ text }) => pattern.exec(text)?.[1])
    .findLast((part) => part !== undefined);
  if (found === undefined) throw new Error(`no such mail to ${to}`);
  return found;
};
const codeTo = (to: string): Promise<string> => mailTo(to, /Koden er (\d{6})/);
const linkTo = (to: string): Promise<string> => mailTo(to, /(\/svar#[\w-]+)/);

const fillChild = async (page: Page, cpr: string): Promise<void> => {
  await page.getByLabel('Barnets navn').fill(CHILD);
  await page.getByLabel('Barnets CPR-nummer').fill(cpr);
  await page.getByLabel('Barnets postnummer').fill('2200');
};

const opened = async (page: Page, link: string): Promise<void> => {
  await page.goto('about:blank');
  await page.goto(link);
  await press(page, 'Send mig en kode');
  await page.getByLabel('Koden').waitFor();
  await inOrder(page);
  await page.getByLabel('Koden').fill(await codeTo(DOCTOR));
  await press(page, 'Vis svaret');
};

/** As the unit that has it decides and tells, over HTTP. */
const decide = async (): Promise<void> => {
  const { id, ownerUnitId } = await town.deps.db.referral.findFirstOrThrow({ orderBy: { id: 'desc' } });
  const cookie = await logInOver(town.url, `caseworker-${ownerUnitId}`);
  const act = async (procedure: string, more: Record<string, unknown>) => {
    const { stateVersion } = await town.deps.db.referral.findUniqueOrThrow({ where: { id } });
    return callOver(town.url, cookie, procedure, { id, stateVersion, ...more });
  };
  const seen = { acute: false, evidence: 'phone-call', occurredAt: AT, reason: 'Kort' };
  await act('referrals.acknowledge', { known: { unit: null, disability: false, elsewhere: false }, need: null });
  await act('work.assess', seen);
  await act('work.decide', { outcome: 'investigation', reason: 'Kort' });
  await act('work.checkBasis', { as: 'professional', reason: 'Ringet til klinikken' });
  const asked = { id, material: false, choices: [] };
  const { told } = (await callOver(town.url, cookie, 'work.previewFeedback', asked)) as { told: unknown };
  await act('work.giveFeedback', { material: null, choices: [], channel: 'site', previewed: told });
};

it(
  'a professional from outside: form, code, receipt, feedback by a link that dies after use and time',
  async () => {
    const { page, context } = await browser.visit(null);
    await page.goto('/underret');
    await heading(page, 'Underret uden login');
    await inOrder(page);
    await page.getByRole('link', { name: /Fagperson uden for kommunen/ }).click();
    await heading(page, 'Før du skriver');
    await page.getByText('Forældrene får normalt lov at læse').waitFor();
    await inOrder(page);
    await press(page, 'Begynd');
    await heading(page, 'Barn eller børn');
    await fillChild(page, '074416-4123');
    await inOrder(page);
    await next(page);
    await heading(page, 'Familien');
    await next(page);
    await page.getByLabel('Beskrivelsen af bekymringen').fill('Alma kommer med blå mærker.');
    await next(page);
    await heading(page, 'Det er forsøgt');
    await next(page);
    await page.getByLabel('Ja', { exact: true }).check();
    await next(page);
    await page.getByRole('group', { name: 'Er det akut?' }).getByLabel('Nej').check();
    await next(page);
    await heading(page, 'Om dig');
    expect(await page.getByText('Du underretter som').count()).toBe(0);
    await page.getByLabel('Hvilken slags underretter?').selectOption({ label: 'Sundhedsvæsenet' });
    await page.getByLabel('Underretterens navn').fill('Lise Læge');
    await inOrder(page);
    await next(page);
    // Without a work mail nothing can be answered: the step says so.
    await page.getByRole('link', { name: 'Underretterens e-mail: skal udfyldes.' }).click();
    await page.getByLabel('Underretterens e-mail').fill(DOCTOR);
    await next(page);
    await heading(page, 'Tjek dine svar');
    await inOrder(page);
    await press(page, 'Send underretningen');
    await heading(page, 'Bekræft din mail');
    await inOrder(page);
    expect(await town.deps.db.notification.count()).toBe(0);
    const code = await codeTo(DOCTOR);
    await page.getByLabel('Koden').fill(code === '111111' ? '222222' : '111111');
    await press(page, 'Bekræft og send underretningen');
    await page.getByText('Koden: er ikke den, vi sendte.').first().waitFor();
    await inOrder(page);
    await page.getByLabel('Koden').fill(code);
    await press(page, 'Bekræft og send underretningen');
    await heading(page, 'Underretningen er sendt');
    await inOrder(page);
    expect(await town.deps.db.notification.count()).toBe(1);
    expect(await context.cookies()).toEqual([]);
    const stored = await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }));
    expect(stored).not.toMatch(/Alma|blå|klinik/);

    // The receipt is in a mail of its own; the way back is a link.
    await town.jobs.settle();
    expect(town.catcher.list().some(({ to, subject }) => to.includes(DOCTOR) && /^Kvittering/.test(subject))).toBe(
      true,
    );
    const first = await linkTo(DOCTOR);
    await opened(page, first);
    const card = page.getByRole('article');
    await card.getByText(/^Sendt til dig/).waitFor();
    expect(await card.textContent()).not.toMatch(/Alma|Nørrebro|Lise/);
    await inOrder(page);
    // It opens once; by the dead one a new one is asked for.
    await page.goto('about:blank');
    await page.goto(first);
    await press(page, 'Send mig en kode');
    await page.getByText('Linket virker ikke mere').first().waitFor();
    await inOrder(page);
    await press(page, 'Send et nyt link');
    await page.getByText('et nyt på vej').waitFor();
    const second = await linkTo(DOCTOR);
    expect(second).not.toBe(first);

    await decide();
    const third = await linkTo(DOCTOR);
    expect(third).not.toBe(second);
    await opened(page, third);
    await page.getByText('Der er sat en børnefaglig undersøgelse i gang.').waitFor();
    await inOrder(page);

    // The other one dies with time.
    await holdClock(town.deps.db, instant(AT).add({ hours: 15 * 24 }));
    await page.goto('about:blank');
    await page.goto(second);
    await press(page, 'Send mig en kode');
    await page.getByText('Linket virker ikke mere').first().waitFor();
    await holdClock(town.deps.db, instant(AT));
    for (const mail of town.catcher.list()) {
      const bytes = new TextDecoder().decode(town.catcher.raw(mail.id) ?? new Uint8Array());
      for (const secret of ['Alma', '0744164123', 'blå mærker', 'Lise', 'undersøgelse'])
        expect(bytes).not.toContain(secret);
    }
    expect(complaints()).toEqual([]);
  },
  PATIENT,
);

it(
  'an anonymous citizen at 360 pixels leaves no cookie, no draft, and is told the hour',
  async () => {
    const { page, context } = await browser.visit(null, 360);
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await page.goto('/underret/anonym');
    await page.getByText('Vi ved ikke, hvem du er').waitFor();
    await inOrder(page);
    await press(page, 'Begynd');
    await fillChild(page, '084416-4124');
    await next(page);
    await page.getByLabel('Beskrivelsen af bekymringen').fill('Barnet er alene hjemme hver aften.');
    await inOrder(page);
    await next(page);
    await page.getByRole('group', { name: 'Er det akut?' }).getByLabel('Nej').check();
    await next(page);
    await heading(page, 'Tjek dine svar');
    await inOrder(page);
    await press(page, 'Send underretningen');
    await heading(page, 'Underretningen er sendt');
    await page.getByText('mellem kl. 10.00 og 11.00').waitFor();
    await inOrder(page);
    expect(await context.cookies()).toEqual([]);
    expect(await page.evaluate(() => ({ ...localStorage, ...sessionStorage }))).toEqual({});
    expect(asked.filter((url) => /drafts|requestCode/.test(url))).toEqual([]);
    expect(await town.deps.db.draft.count()).toBe(0);
    expect(complaints()).toEqual([]);
  },
  PATIENT,
);

it(
  'a child tells in its own words, with the numbers to call first',
  async () => {
    const { page } = await browser.visit(null, 360);
    await page.goto('/underret/barn');
    await heading(page, 'Fortæl os, hvordan du har det');
    const [number, words] = await Promise.all([
      page.getByRole('link', { name: /116 111/ }).boundingBox(),
      page.getByLabel('Hvad vil du fortælle?').boundingBox(),
    ]);
    expect(number?.y).toBeLessThan(words?.y ?? 0);
    await press(page, 'Send');
    await page.getByRole('link', { name: 'Hvad hedder du? skal udfyldes.' }).waitFor();
    await inOrder(page);
    await page.getByLabel('Hvad vil du fortælle?').fill('Jeg er bange derhjemme.');
    await page.getByRole('group', { name: 'Har du brug for hjælp lige nu' }).getByLabel('Ja').check();
    await page.getByLabel('Hvad hedder du?').fill('Sofie');
    await page.getByRole('group', { name: 'Er der nogen, der slår dig' }).getByLabel('Ja').check();
    await page.getByLabel('Hvem?').fill('Min stedfar');
    await inOrder(page);
    await press(page, 'Send');
    await heading(page, 'Tak, fordi du fortalte det');
    await inOrder(page);
    const row = await town.deps.db.notification.findFirstOrThrow({ where: { notifierCode: 12 } });
    expect(row).toMatchObject({ basis: 'citizen', acute: true, suspectedViolence: true });
    expect(complaints()).toEqual([]);
  },
  PATIENT,
);

it(
  'a citizen who wants no answer gives a name and is done',
  async () => {
    const { page } = await browser.visit(null);
    await page.goto('/underret/borger');
    await press(page, 'Begynd');
    await fillChild(page, '094416-4125');
    await next(page);
    await page.getByLabel('Beskrivelsen af bekymringen').fill('Der råbes hver nat.');
    await next(page);
    await page.getByRole('group', { name: 'Er det akut?' }).getByLabel('Nej').check();
    await next(page);
    await page.getByLabel('Underretterens navn').fill('Nabo Nielsen');
    await inOrder(page);
    await next(page);
    await press(page, 'Send underretningen');
    await heading(page, 'Underretningen er sendt');
    await page.getByText('Du får ikke mere fra os').waitFor();
    expect(complaints()).toEqual([]);
  },
  PATIENT,
);

it(
  'a daycare worker with a phone sends a plain notification in at most eight required fields',
  async () => {
    const { page } = await browser.visit('notifier-daginst-vesterbro', 360);
    await page.goto('/ny');
    await press(page, 'Begynd');
    await heading(page, 'Barn eller børn');
    let fields = 0;
    const counted = async (): Promise<void> => {
      fields += await demanded(page);
      expect(await overflow(page), page.url()).toBe(0);
    };
    await counted();
    expect(fields).toBeGreaterThan(0);
    await fillChild(page, '104416-4126');
    await next(page);
    await heading(page, 'Familien');
    await counted();
    await next(page);
    await heading(page, 'Bekymringen');
    await counted();
    await page.getByLabel('Beskrivelsen af bekymringen').fill('Barnet er træt og sulten.');
    await next(page);
    await heading(page, 'Det er forsøgt');
    await counted();
    await next(page);
    await heading(page, 'Forældrene');
    await counted();
    await page.getByLabel('Ja', { exact: true }).check();
    await next(page);
    await heading(page, 'Akut og vold');
    await counted();
    await page.getByRole('group', { name: 'Er det akut?' }).getByLabel('Nej').check();
    await next(page);
    await heading(page, 'Om dig');
    await counted();
    await page.getByLabel('Underretterens navn').fill('Pia Pædagog');
    await next(page);
    await heading(page, 'Tjek dine svar');
    await press(page, 'Send underretningen');
    await heading(page, 'Underretningen er sendt');
    expect(fields).toBeLessThanOrEqual(8);
    expect(complaints()).toEqual([]);
  },
  PATIENT,
);
