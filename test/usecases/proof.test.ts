import { afterAll, beforeAll, expect, test } from 'vitest';
import type { NotificationForm } from '#domain/notification-form.ts';
import { makeMunicipality, type TestMunicipality } from '#test/support/municipality.ts';
import { readPdf, withoutSpace } from '#test/support/pdf.ts';
import { CASEWORKER, LEADER, SENDER, tellersOf } from '#test/support/telling.ts';
import { addToNotification } from '#usecases/add-to-notification.ts';
import { printProof } from '#usecases/print-proof.ts';

let town: TestMunicipality;
let people: ReturnType<typeof tellersOf>;
beforeAll(async () => {
  town = await makeMunicipality('2026-11-03T10:00:00+01:00');
  people = tellersOf(town);
});
afterAll(() => town.stop());

const WORDS = 'Åse og Øjvind så det ske på Ærø. Hun sagde: "Jeg tør ikke gå hjem" (to gange). ';
const FULL = {
  children: [
    {
      name: 'Søren Ægir Åberg',
      cpr: '0144144900',
      address: { street: 'Nørrebrogade 200, 3. tv.', postalCode: '2200', city: 'København N' },
      institution: 'skole-norrebro',
      protectedAddress: true,
    },
    { name: 'Øjvind', identity: 'unborn', address: { postalCode: '2200' } },
  ],
  family: {
    parents: [{ name: 'Mor Åberg', relation: 'Mor', custody: 'yes', phone: '12 34 56 78' }],
    siblings: [{ name: 'Lillebror', age: 4 }],
    interpreter: true,
    language: 'Arabisk',
  },
  notifier: { basis: 'professional', notifierCode: 2, name: 'Frk. Underretter', role: 'Skolesocialrådgiver' },
  concern: {
    narrative: WORDS.repeat(60),
    observations: [{ on: '2026-10-30', text: `${WORDS}\nOg igen næste dag.` }],
    childsWords: 'Jeg vil ikke hjem',
    wellbeing: 'Dårlig søvn',
    strengths: 'God til matematik',
    reasons: [],
  },
  triedSoFar: [{ measure: 'Samtaler', effect: 'Ingen' }],
  parentsInformed: { informed: true, on: '2026-11-01', by: 'Læreren', reaction: 'Vrede' },
  violence: { suspected: true, kind: 'physical', whom: 'En voksen', certainty: 'concrete' },
  honour: { suspected: false },
};

const proof = async (notificationId: string, language: 'da' | 'en' = 'da') => {
  const { fileName, pdf } = await printProof(await people.by(SENDER), { notificationId, language });
  expect(fileName).toContain(notificationId);
  return readPdf(pdf);
};

/** Every text and number that was sent, wherever it stands. */
const valuesOf = (value: unknown): string[] => {
  if (Array.isArray(value)) return value.flatMap(valuesOf);
  if (typeof value === 'object' && value !== null) return Object.values(value).flatMap(valuesOf);
  return typeof value === 'string' || typeof value === 'number' ? [String(value)] : [];
};

/** Codes and days are told in words. */
const IN_WORDS: Readonly<Record<string, string>> = {
  '0144144900': '014414-4900',
  'skole-norrebro': 'Nørrebro',
  unborn: 'Ikke født endnu',
  yes: 'Ja',
  professional: 'Fagperson',
  2: 'Skole',
  '2026-10-30': '30. oktober 2026',
  '2026-11-01': '1. november 2026',
  physical: 'Fysisk vold',
  concrete: 'Konkret: barnet har fortalt det',
};

test('holds every word that was sent, with its field, and when it was received', async () => {
  const { notificationId } = await town.submit(SENDER, FULL);
  const { text, pages } = await proof(notificationId);
  expect(pages).toBeGreaterThan(1);
  const bare = withoutSpace(text);
  for (const value of valuesOf(FULL)) {
    expect(bare.toLowerCase(), value).toContain(withoutSpace(IN_WORDS[value] ?? value).toLowerCase());
  }
  for (const label of ['Barnets navn (1)', 'Barnets CPR-nummer (1)', 'Forælderens telefon', 'Iagttagelsens dato']) {
    expect(bare, label).toContain(withoutSpace(label));
  }
  expect(bare).toContain(withoutSpace('modtog underretningen tirsdag den 3. november 2026 kl. 10.00.'));
  expect(bare).toContain(withoutSpace(notificationId));
});

test('holds nothing but that: taken out piece by piece, nothing is left', async () => {
  const form = {
    children: [{ name: 'Barnet', cpr: '0144144901', address: { postalCode: '2200' } }],
    notifier: { basis: 'professional', notifierCode: 2, name: 'Underretter' },
    concern: { narrative: 'Bekymring' },
    parentsInformed: { informed: true },
  } satisfies Partial<Record<keyof NotificationForm, unknown>>;
  const { notificationId } = await town.submit(SENDER, form);
  const { text } = await proof(notificationId);
  const expected = [
    ['Kvittering for underretning', 'Modtaget'],
    ['Københavns Kommune (øvelse) modtog underretningen tirsdag den 3. november 2026 kl. 10.00.'],
    ['Underretningens nummer', notificationId, 'Udskrevet', '3. november 2026'],
    ['Børnene', 'Barnets navn', 'Barnet', 'Barnets CPR-nummer', '014414-4901', 'Barnets postnummer', '2200'],
    ['Bekymringen', 'Beskrivelsen af bekymringen', 'Bekymring'],
    ['Orientering af forældrene', 'Om forældrene er orienteret', 'Ja'],
    ['Akut', 'Om det er akut', 'Nej'],
    ['Underretteren', 'Grundlaget for at underrette', 'Fagperson'],
    ['Hvem der underretter', 'Skole', 'Underretterens navn', 'Underretter'],
  ].flat();
  expect(withoutSpace(text)).toBe(withoutSpace(expected.join('')));
});

test('is tagged, says its language and title, and carries its fonts', async () => {
  const { notificationId } = await town.submit(SENDER, { ...FULL, children: [FULL.children[1]] });
  const { marked, title, language, roles, raw } = await proof(notificationId);
  expect({ marked, title, language }).toEqual({
    marked: true,
    title: 'Kvittering for underretning',
    language: 'da-DK',
  });
  expect(raw.startsWith('%PDF-1.7')).toBe(true);
  expect(raw).toMatch(/\/StructTreeRoot \d+ 0 R/);
  expect(raw).toMatch(/\/MarkInfo/);
  expect(raw.match(/\/FontFile2 \d+ 0 R/g)).toHaveLength(2);
  expect(roles[0]?.slice(0, 4)).toEqual(['Root', 'Document', 'H1', 'H2']);
  for (const page of roles) {
    expect(page.length).toBeGreaterThan(2);
    expect(page.filter((role) => !['Root', 'Document', 'H1', 'H2', 'P'].includes(role))).toEqual([]);
  }
});

test('in English it reads English', async () => {
  const { notificationId } = await town.submit(SENDER, { ...FULL, children: [FULL.children[1]] });
  const { text, language, title } = await proof(notificationId, 'en');
  expect([language, title]).toEqual(['en-GB', 'Receipt of a notification']);
  expect(withoutSpace(text)).toContain(withoutSpace('received the notification on Tuesday 3 November 2026 at 10:00.'));
});

test('what no font of ours can show stands as its code', async () => {
  const { notificationId } = await town.submit(SENDER, {
    ...FULL,
    children: [FULL.children[1]],
    concern: { narrative: 'Hun skrev 😢 og سارة' },
  });
  const { text } = await proof(notificationId);
  expect(text).toContain('Hun skrev [U+1F622] og');
  expect(withoutSpace(text)).toContain('[U+0633][U+0627][U+0631][U+0629]');
});

test('nothing of what became of it stands there, and of additions only the own ones', async () => {
  const id = await people.decided('investigation');
  const { notificationId, caseNumber } = await town.deps.db.referral.findUniqueOrThrow({ where: { id } });
  const before = withoutSpace((await proof(notificationId ?? '')).text);
  await people.withheld(id);
  await addToNotification(await people.by(CASEWORKER), { notificationId: notificationId ?? '', text: 'Internt notat' });
  expect(withoutSpace((await proof(notificationId ?? '')).text)).toBe(before);
  await addToNotification(await people.by(SENDER), { notificationId: notificationId ?? '', text: 'Det skete igen' });
  const { text } = await proof(notificationId ?? '');
  expect(withoutSpace(text)).toBe(
    before + withoutSpace('Tilføjet tirsdag den 3. november 2026 kl. 10.00 Det skete igen'),
  );
  const { units, people: staff } = town.deps.worlds.latest?.world.organisation ?? {
    units: new Map(),
    people: new Map(),
  };
  const never = [caseNumber, 'Internt notat', 'undersøgelse', ...[...units.values()].map(({ name }) => name)];
  const sender = staff.get(SENDER)?.unit ?? '';
  for (const word of never) if (word !== units.get(sender)?.name) expect(text).not.toContain(word);
});

test.each([CASEWORKER, LEADER, 'notifier-skole-norrebro', 'notifier-skole-valby'])('%s gets none', async (personId) => {
  const { notificationId } = await town.submit(SENDER, { ...FULL, children: [FULL.children[1]] });
  const asked = printProof(await people.by(personId), { notificationId, language: 'da' });
  await expect(asked).rejects.toMatchObject({ code: expect.stringMatching(/^(NOT_FOUND|OUT_OF_SCOPE)$/) });
});

test('where no PDF can be made it is refused in words, and reading one is logged', async () => {
  const { notificationId } = await town.submit(SENDER, { ...FULL, children: [FULL.children[1]] });
  const ctx = await people.by(SENDER);
  const where = { personId: SENDER, purpose: 'proof' };
  const logged = await town.deps.db.readLog.count({ where });
  const without = { ...ctx, deps: { ...ctx.deps, print: null } };
  await expect(printProof(without, { notificationId, language: 'da' })).rejects.toMatchObject({
    code: 'ILLEGAL_TRANSITION',
  });
  expect(await town.deps.db.readLog.count({ where })).toBe(logged);
  await proof(notificationId);
  expect(await town.deps.db.readLog.count({ where })).toBe(logged + 1);
});
