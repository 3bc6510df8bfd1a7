import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { instant } from '#domain/time.ts';
import { axeFindings, fillDay, overflow } from '#test/support/browser.ts';
import { callOver, logInOver } from '#test/support/browser-calls.ts';
import { openSite, type Site } from '#test/support/site.ts';
import { holdClock } from '#training/clock.ts';

const [ONE, OTHER] = ['buf-sof-coordinator-sof-stab', 'buf-sof-coordinator-buf-fagligt-center'];
const [BCH, NORTH] = ['intake-bch-modtagelsen', 'intake-bbu-norrebro'];
const NEED = 'Praktisk hjælp i hjemmet til en forælder';
/** Milliseconds: axe takes seconds for a page when the other tests have the processors. */
const PATIENT = 180_000;

let municipality: Site['municipality'];
let browser: Site['browser'];
let close: Site['close'] | undefined;
let referralId: string;

const standAt = (at: string) => holdClock(municipality.deps.db, instant(at));

/** The father's case in short: BCH asks the unit of his area, which says no and then takes it after all. */
const dispute = async (): Promise<string> => {
  const [bch, north] = [await logInOver(municipality.url, BCH), await logInOver(municipality.url, NORTH)];
  const by = (who: string, procedure: string, input: unknown) => callOver(municipality.url, who, procedure, input);
  const child = { name: 'Elias Mørkholt', identity: 'known', cpr: '0250254127', address: { postalCode: '2200' } };
  const { id } = (await by(bch, 'work.registerInquiry', { child, need: null, acute: false, text: 'Hjælp' })) as {
    id: string;
  };
  const stands = async () => {
    const { stateVersion } = await municipality.deps.db.referral.findUniqueOrThrow({ where: { id } });
    return { id, stateVersion };
  };
  const known = { unit: null, disability: false, elsewhere: false };
  await by(bch, 'referrals.acknowledge', { ...(await stands()), known, need: null });
  await by(bch, 'handovers.propose', { ...(await stands()), to: 'bbu-norrebro', reason: 'Hjælp i hjemmet' });
  const no = { instead: 'bch-modtagelsen', basis: 'barnets lov § 90', reason: 'Handicap' };
  await by(north, 'handovers.decline', { ...(await stands()), ...no });
  return id;
};
const settle = async (): Promise<void> => {
  const north = await logInOver(municipality.url, NORTH);
  const { stateVersion } = await municipality.deps.db.referral.findUniqueOrThrow({ where: { id: referralId } });
  await callOver(municipality.url, north, 'handovers.accept', { id: referralId, stateVersion });
};

beforeAll(async () => {
  ({ municipality, browser, close } = await openSite());
  await standAt('2026-11-10T09:00:00+01:00');
  referralId = await dispute();
}, 120_000);

afterAll(() => close?.());

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const says = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor();
/** In order as it stands, and on the narrowest screen that counts. */
const clean = async (page: Page): Promise<void> => {
  expect(await axeFindings(page)).toEqual([]);
  await page.setViewportSize({ width: 360, height: 800 });
  expect(await overflow(page), page.url()).toBe(0);
  await page.setViewportSize({ width: 1280, height: 800 });
};

it(
  'a dispute is told of, becomes a row by two people who saw what it does, and the next family is routed by it',
  async () => {
    const { page } = await browser.visit(ONE);
    await page.goto(`/uenighed/${referralId}`);
    await says(page, 'Ansvarsmatricen siger');
    await says(page, 'Ingen tidligere afgørelse ligner nok.');
    await clean(page);
    await settle();

    await page.goto('/uenigheder');
    await page.getByRole('link', { name: 'Tidligere afgørelser', exact: true }).click();
    await says(page, 'Uenigheder, der mangler et resumé');
    await clean(page);
    await page.getByRole('link', { name: /^Skriv resumé af sag/ }).click();
    await button(page, 'Skriv et resumé').click();
    await button(page, 'Gem resuméet').click();
    await page.getByRole('link', { name: 'Behovet i almindelige ord: skal udfyldes.' }).waitFor();
    await clean(page);
    await page.getByLabel('Behovet i almindelige ord').fill(NEED);
    await page.getByLabel('Yngste alder').fill('0');
    await page.getByLabel('Ældste alder').fill('17');
    await page.getByLabel('Hjemmel').fill('barnets lov § 32');
    await page.getByLabel('Begrundelse i almindelige ord').fill('Mørkholts far kan ikke løfte.');
    await button(page, 'Gem resuméet').click();
    await page.getByRole('link', { name: /^Begrundelse: indeholder et navn fra sagen/ }).waitFor();
    await page.getByLabel('Begrundelse i almindelige ord').fill('Støtte i hjemmet gives, hvor familien bor.');
    await button(page, 'Gem resuméet').click();
    await says(page, 'Resuméet er gemt.');
    await clean(page);

    await button(page, 'Foreslå som række i ansvarsmatricen').click();
    await says(page, 'Du har selv foreslået ændringen');
    expect(await button(page, 'Bekræft ændringen').count()).toBe(0);
    await clean(page);

    const { page: other } = await browser.visit(OTHER);
    await other.goto('/ansvarsmatrix');
    await other.getByRole('link', { name: new RegExp(NEED) }).click();
    await says(other, '1 henvendelse ville være gået et andet sted hen.');
    await other.getByRole('cell', { name: 'Modtagelsen' }).first().waitFor();
    await clean(other);
    await other.getByLabel('Se tilbage').selectOption('3');
    await says(other, '1 henvendelse ville være gået et andet sted hen.');
    await button(other, 'Bekræft ændringen').click();
    await says(other, /^Bekræftet: /);
    await other.goto('/ansvarsmatrix');
    await says(other, 'Begynder senere');
    await says(other, 'Fra en tidligere afgørelse');
    await clean(other);

    await standAt('2026-11-11T09:00:00+01:00');
    const { page: intake } = await browser.visit(BCH);
    await intake.goto('/forespoergsel');
    await intake.getByLabel('Barnets navn').fill('Barn Andet');
    await intake.getByLabel('Nej, barnet er ikke født endnu').check();
    await intake.getByLabel('Postnummer').fill('2500');
    await intake.getByLabel('Hvad er der brug for?', { exact: true }).selectOption({ label: NEED });
    await intake.getByLabel('Hvad er der brug for, og hvad er der gjort indtil nu?').fill('Hjælp i hjemmet');
    await intake.getByLabel('Nej', { exact: true }).last().check();
    await button(intake, 'Registrér forespørgslen').click();
    await says(intake, /Børnefamilieenhed Valby/);
    const [routed] = await municipality.deps.db.referral.findMany({ orderBy: { registeredAt: 'desc' }, take: 1 });
    expect(routed).toMatchObject({ responsibleUnitId: 'bbu-valby', ownerUnitId: 'bbu-valby' });

    const { page: valby } = await browser.visit('intake-bbu-valby');
    await valby.goto(`/sag/${routed?.id}`);
    await valby.getByText('Hvorfor ligger sagen her?').click();
    await says(valby, /besluttet fra 11[.]11[.]2026/);

    await page.goto('/afgoerelser');
    await says(page, 'Står i ansvarsmatricen');
    await page.getByLabel('Ord').fill('svømmehal');
    await button(page, 'Søg').click();
    await says(page, 'Ingen afgørelse passer.');
    await button(page, 'Vis alle').click();
    await says(page, 'Støtte i hjemmet gives, hvor familien bor.');
    await clean(page);
  },
  PATIENT,
);

it(
  'an administrator ends a row; what is wrong stands by its field',
  async () => {
    const { page } = await browser.visit('administrator-sof-stab');
    await page.goto('/opsaetning');
    await page.getByRole('link', { name: 'Ansvarsmatrix' }).click();
    await page.getByLabel('Hvad skal ændres?').selectOption('row');
    await button(page, 'Send forslaget').click();
    await page.getByRole('link', { name: 'Enhed: skal udfyldes.' }).waitFor();
    await clean(page);
    await page.getByLabel('Hvad skal ændres?').selectOption('end');
    await page.getByLabel('Behov', { exact: true }).selectOption({ label: 'En skoleplads' });
    await page.getByLabel('Kilde').fill('direktionen');
    await page.getByLabel('Hvorfor?').fill('Aftalt');
    await fillDay(page, 'Ikke længere fra', ['11', '11', '2026']);
    await button(page, 'Send forslaget').click();
    await page.getByRole('link', { name: 'Ikke længere fra: skal være i morgen eller senere.' }).waitFor();
    await fillDay(page, 'Ikke længere fra', ['1', '12', '2026']);
    await button(page, 'Send forslaget').click();
    await says(page, 'Ingen ville være gået et andet sted hen.');
    await clean(page);
    await page.goto('/opsaetning/aendringer');
    await page.getByRole('link', { name: /^Ansvarsmatricen: .* står der ikke længere/ }).click();
    await button(page, 'Træk forslaget tilbage').click();
    await says(page, /^Trukket tilbage/);
    // What was refused above is the one sort of request that no page could have kept from being sent.
    expect(browser.complaints().filter((line) => !line.includes('status of 400'))).toEqual([]);
  },
  PATIENT,
);
