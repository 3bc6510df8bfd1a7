import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { instant } from '#domain/time.ts';
import { axeFindings, overflow } from '#test/support/browser.ts';
import { contextsOf } from '#test/support/context.ts';
import { makeForm } from '#test/support/municipality.ts';
import { readPdf } from '#test/support/pdf.ts';
import { openSite, type Site } from '#test/support/site.ts';
import { CASEWORKER, SENDER, tellersOf } from '#test/support/telling.ts';
import { holdClock } from '#training/clock.ts';
import { closeReferral } from '#usecases/close-referral.ts';
import { submitNotification } from '#usecases/submit-notification.ts';

const SCHOOL_LEADER = 'institution-leader-skole-norrebro';
const COORDINATOR = 'buf-sof-coordinator-sof-stab';
const AT = '2026-11-03T10:00:00+01:00';
const PATIENT = 180_000;
/** Where somebody who looks at the pages wants them; nowhere otherwise. */
const SHOTS = process.env.SHOTS;

let municipality: Site['municipality'];
let browser: Site['browser'];
let close: Site['close'] | undefined;
let people: ReturnType<typeof tellersOf>;

beforeAll(async () => {
  ({ municipality, browser, close } = await openSite({ clockAt: instant('2026-10-28T08:00:00+01:00') }));
  const { deps } = municipality;
  const contexts = contextsOf(deps);
  await holdClock(deps.db, instant(AT));
  people = tellersOf({
    ...contexts,
    deps,
    submit: async (personId, form) => submitNotification(contexts.ctxFor(personId, await deps.clock.now()), form),
  });
}, 180_000);

afterAll(() => close?.());

const clean = async (page: Page): Promise<void> => expect(await axeFindings(page)).toEqual([]);
const shown = async (page: Page, name: string): Promise<void> => {
  await clean(page);
  expect(await overflow(page)).toBe(0);
  if (SHOTS) await page.screenshot({ path: join(SHOTS, `${name}.png`), fullPage: true });
};

it(
  'the unit asks back, the notifier answers on the site, and the unit reads it; the proof is a PDF that opens',
  async () => {
    const id = await people.taken(false);
    const { page } = await browser.visit(CASEWORKER);
    await page.goto(`/sag/${id}`);
    await page.getByRole('link', { name: 'Bed underretter om at fortælle mere' }).click();
    await page.getByLabel('Barnets egne ord').check();
    await page.getByRole('button', { name: 'Gå til bekræftelse' }).click();
    await page.getByText('Skriv gerne, hvad barnet selv har sagt').waitFor();
    await clean(page);
    await page.getByRole('button', { name: 'Ja, spørg' }).click();
    await page.getByText('Underretter er spurgt.').waitFor();

    const notifier = (await browser.visit(SENDER, 360)).page;
    await notifier.goto('/mine');
    await notifier.getByText('Skriv gerne, hvad barnet selv har sagt').waitFor();
    await shown(notifier, 'mine-360');
    await notifier.getByRole('link', { name: 'Svar kommunen' }).click();
    await notifier.getByLabel('Dit svar').fill('Hun siger, at hun er bange.');
    await notifier.getByRole('button', { name: 'Send svaret' }).click();
    await notifier.getByText('Tak. Dit svar er modtaget.').waitFor();
    await clean(notifier);

    await page.goto(`/sag/${id}`);
    await page.getByText('Besvaret').waitFor();
    await page.getByText('Hun siger, at hun er bange.').waitFor();

    await notifier.goto('/mine');
    const downloading = notifier.waitForEvent('download');
    await notifier.getByRole('button', { name: 'Hent kvittering med det, du har sendt (PDF)' }).first().click();
    const file = await (await downloading).path();
    const pdf = await readPdf(readFileSync(file).toString('base64'));
    expect(pdf.marked).toBe(true);
    expect(pdf.text).toContain('Hun siger, at hun er bange.');
    await notifier.getByText('PDF-filen er hentet.').waitFor();
  },
  PATIENT,
);

it(
  'a withholding is lifted on its page, and the feedback can be given there again',
  async () => {
    const id = await people.decided();
    await people.withheld(id);
    const { page } = await browser.visit(CASEWORKER);
    await page.goto(`/sag/${id}/orientering`);
    await page.getByRole('heading', { name: 'Orienteringen er holdt tilbage' }).waitFor();
    await page.getByRole('link', { name: 'Hold den ikke tilbage mere' }).click();
    await page.getByLabel('Hvorfor skal den ikke længere holdes tilbage?').fill('Faren er ovre');
    await clean(page);
    await page.getByRole('button', { name: 'Hold den ikke tilbage mere' }).click();
    await page.getByText('Orienteringen skyldes igen. Du kan give den nu.').waitFor();
    await page.reload();
    await page.getByText('Der er på nuværende tidspunkt ikke sat').first().waitFor();
  },
  PATIENT,
);

it(
  'a closed case that owes its feedback stands in a list with whoever must give it',
  async () => {
    const id = await people.decided('nothing');
    await closeReferral(await people.by(CASEWORKER), { id, reason: 'Kort' });
    for (const width of [1280, 360]) {
      const { page } = await browser.visit(CASEWORKER, width);
      await page.goto('/sagsliste');
      await page.getByRole('link', { name: /^Skylder orientering/ }).click();
      await page.getByText(/Skal gøre det: .*Nørrebro/).waitFor();
      await page.getByText('Afsluttet', { exact: true }).waitFor();
      await shown(page, `owed-${width}`);
    }
  },
  PATIENT,
);

it(
  'a school’s leader sees what became of what the school sent, and a coordinator where notifications come from',
  async () => {
    const { deps } = municipality;
    const { ctxFor } = contextsOf(deps);
    for (let n = 0; n < 6; n += 1) await submitNotification(ctxFor('notifier-skole-valby', AT), makeForm());
    await holdClock(deps.db, instant('2026-11-03T10:05:00+01:00'));
    for (const width of [1280, 360]) {
      const leader = (await browser.visit(SCHOOL_LEADER, width)).page;
      await leader.goto('/');
      await leader.getByRole('link', { name: 'Vores underretninger' }).click();
      await leader.getByText('Ikke besvaret endnu').first().waitFor();
      expect(await leader.getByText('Barn', { exact: true }).count()).toBe(0);
      await shown(leader, `ours-${width}`);

      const { page } = await browser.visit(COORDINATOR, width);
      await page.goto('/uenigheder/tal');
      await page.getByRole('link', { name: 'Hvor underretningerne kommer fra' }).click();
      const few = width > 1000 ? page.getByRole('cell', { name: 'skjult' }) : page.getByText('Sendt: skjult');
      await few.first().waitFor();
      expect(await page.getByText('Øvelsesskolen Valby').count()).toBe(1);
      await shown(page, `senders-${width}`);
    }
    expect(browser.complaints()).toEqual([]);
  },
  PATIENT,
);
