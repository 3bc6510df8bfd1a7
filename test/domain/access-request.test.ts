import { describe, expect, test } from 'vitest';
import { type AccessCase, itemsOf, reviewItem, toldOf, unreviewed } from '#domain/access-items.ts';
import { beginAccess, prolongAccess, releaseAccess, withdrawAccess } from '#domain/access-request.ts';
import type { Referral } from '#domain/referral.ts';
import { instant, withOffset } from '#domain/time.ts';
import { zipOf } from '#domain/zip.ts';
import { makeReferral, refusal, world } from '#test/support/referral.ts';

const NOW = instant('2027-02-10T10:00:00+01:00');
const begin = (receivedAt: string, reason = 'Mor spørger') =>
  beginAccess(makeReferral(), { id: 'q', receivedAt: instant(receivedAt), reason }, world, NOW);
/** With the clock that the request has started. */
const asked = (receivedAt = '2027-01-31T00:00:00+01:00'): Referral => {
  const [clock] = begin(receivedAt).start ?? [];
  if (!clock) throw new Error('no clock');
  const running = { id: 'c', subjectId: 'q', acute: false, ...clock };
  return { ...makeReferral(), clocks: [...makeReferral().clocks, running] };
};

describe('the month', () => {
  test.each([
    ['2027-01-31T00:00:00+01:00', '2027-02-28T23:59:59+01:00', '2027-04-30T23:59:59+02:00'],
    ['2027-02-01T00:00:00+01:00', '2027-03-01T23:59:59+01:00', '2027-05-01T23:59:59+02:00'],
    ['2026-12-31T00:00:00+01:00', '2027-01-31T23:59:59+01:00', null],
  ])('received %s is due %s, prolonged %s', (receivedAt, due, prolonged) => {
    expect(withOffset(asked(receivedAt).clocks.at(-1)?.dueAt ?? NOW)).toBe(due);
    const try_ = () => prolongAccess(asked(receivedAt), 'Mange sager', world, NOW).retime?.[0];
    if (prolonged === null) expect(refusal(try_)).toBe('ILLEGAL_TRANSITION');
    else expect(withOffset(try_()?.dueAt ?? NOW)).toBe(prolonged);
  });

  test('once only, with a reason, and not of a day to come', () => {
    const longer = prolongAccess(asked(), 'x', world, NOW).retime?.[0];
    const clocks = asked().clocks.map((clock) => (clock.id === 'c' ? { ...clock, ...longer } : clock));
    expect(refusal(() => prolongAccess({ ...asked(), clocks }, 'x', world, NOW))).toBe('ILLEGAL_TRANSITION');
    expect(refusal(() => prolongAccess(asked(), ' ', world, NOW))).toMatch(/^INVALID/);
    expect(refusal(() => begin('2027-02-11T00:00:00+01:00'))).toMatch(/^INVALID/);
    expect(refusal(() => begin('2027-02-01T00:00:00+01:00', ''))).toMatch(/^INVALID/);
    expect(refusal(() => beginAccess(asked(), { id: 'p', receivedAt: NOW, reason: 'x' }, world, NOW))).toBe(
      'ILLEGAL_TRANSITION',
    );
  });

  test('met by the release, lapsed by the end without an answer, neither where none is open', () => {
    const counts = { kept: 1, blacked: 2, digest: 'ab' };
    expect(releaseAccess(asked(), counts).end).toEqual([{ kind: 'access-request', as: 'met' }]);
    expect(withdrawAccess(asked(), 'Trukket tilbage').end).toEqual([{ kind: 'access-request', as: 'lapsed' }]);
    expect(refusal(() => withdrawAccess(asked(), ''))).toMatch(/^INVALID/);
    expect(refusal(() => releaseAccess(makeReferral(), counts))).toBe('ILLEGAL_TRANSITION');
    expect(refusal(() => withdrawAccess(makeReferral(), 'x'))).toBe('ILLEGAL_TRANSITION');
  });
});

const CASE: AccessCase = {
  ...{ id: 'r', caseNumber: '26-1', isProtected: false, callNote: 'Ringede fra skolen', inquiry: null },
  facts: [
    { label: 'Barnets navn', text: 'Alma', third: null },
    { label: 'Adresse', text: 'Hemmelig Vej 1', third: 'address' },
  ],
  form: {
    children: [{ name: 'Alma', identity: 'unknown', address: { street: 'Hemmelig Vej 1' }, protectedAddress: true }],
    concern: { narrative: 'Sulten om morgenen', observations: [], reasons: [] },
    notifier: { basis: 'professional', name: 'Birgitte' },
    family: { parents: [{ name: 'Mor' }], siblings: [{ name: 'Bror' }] },
    parentsInformed: { informed: true, reaction: 'Vred' },
  } as unknown as NonNullable<AccessCase['form']>,
  known: ['BBU Nørrebro · Aflastning'],
  told: [{ id: 't', at: 'i dag', text: 'Der er sat hjælp i gang.' }],
  additions: [{ id: 'a', at: 'i går', text: 'Mere' }],
  lines: [
    { seq: 1, kind: 'acknowledged', at: 'i går', name: 'Kvitteret', words: ['Sagsbehandler'] },
    { seq: 2, kind: 'parents-heard', at: 'i dag', name: 'Hørt', words: ['Mor', 'Hun siger'] },
    { seq: 3, kind: 'notifier-suspected', at: 'i dag', name: 'Mistænkt', words: ['x'] },
  ],
  files: [{ id: 'f', name: 'Tegning.pdf', bytes: 2048 }],
  lookups: [{ id: 'l', at: 'i dag', why: 'Åbnede sagen (Nørrebro)' }],
};
const say = (_field: string, value: unknown): string | null =>
  typeof value === 'string' || typeof value === 'boolean' ? String(value) : null;
const digest = (text: string): string => `#${text}`;
const items = itemsOf(CASE, say, digest);
const by = { by: 'leader', at: '2027-02-10T09:00:00Z' };

describe('what is told', () => {
  test('others’ data is marked by whose it may be, each item by a key of its own', () => {
    expect(new Set(items.map(({ key }) => key)).size).toBe(items.length);
    const marked = Object.fromEntries(items.filter(({ third }) => third).map(({ text, third }) => [text, third]));
    expect(marked).toEqual({
      'Hemmelig Vej 1': 'address',
      true: 'parents',
      professional: 'notifier',
      Birgitte: 'notifier',
      Mor: 'family',
      Bror: 'family',
      Vred: 'parents',
      'Sulten om morgenen': 'others',
      'Ringede fra skolen': 'notifier',
      Mere: 'notifier',
      'Hørt · Mor · Hun siger': 'parents',
      'Mistænkt · x': 'notifier',
      'Der er sat hjælp i gang.': 'notifier',
      '2 kB': 'others',
    });
    const plain = items.filter(({ third }) => third === null).map(({ text }) => text);
    expect(plain).toEqual(
      expect.arrayContaining([
        'Alma',
        'BBU Nørrebro · Aflastning',
        'Kvitteret · Sagsbehandler',
        'Åbnede sagen (Nørrebro)',
      ]),
    );
  });

  test('nothing leaves while a marked item is not looked at; what was blacked out leaves neither label nor text', () => {
    let review = {};
    const marked = unreviewed(items, review);
    for (const { key } of marked) {
      expect(refusal(() => toldOf(items, review))).toBe('ILLEGAL_TRANSITION');
      review = reviewItem(items, review, { key, keep: false, reason: 'Om andre', ...by });
    }
    const unmarked = items.find(({ text }) => text === 'Åbnede sagen (Nørrebro)');
    review = reviewItem(items, review, { key: unmarked?.key ?? '', keep: false, reason: 'Nævner en anden', ...by });
    const told = toldOf(items, review);
    // One line for all of it: where it stood and how often would tell what it was about.
    expect(told.filter(({ text }) => text === null)).toEqual([{ section: 'Udeladt', label: null, text: null }]);
    for (const heading of ['Underretter', 'Vold', 'Hørt', 'Mistænkt', 'Åbnede'])
      expect(JSON.stringify(told)).not.toContain(heading);
    const all = JSON.stringify(told);
    for (const gone of ['Hemmelig', 'Birgitte', 'Bror', 'Hun siger', 'Sulten', 'Om andre', 'Tegning', 'leader']) {
      expect(all).not.toContain(gone);
    }
    expect(all).toContain('Alma');
  });

  test('which units had to do with a child whose address is protected may say where it is', () => {
    const protectedItems = itemsOf({ ...CASE, isProtected: true }, say, digest);
    const third = (text: string) => protectedItems.find((one) => one.text === text)?.third;
    expect(third('Kvitteret · Sagsbehandler')).toBe('address');
    expect(third('BBU Nørrebro · Aflastning')).toBe('address');
    expect(third('Hørt · Mor · Hun siger')).toBe('parents');
  });

  test('what says something else since is asked about anew, also what was not marked; what was seen is what counts', () => {
    const at = (list: typeof items, label: string) => list.find((one) => one.label === label);
    let review = {};
    for (const { key } of unreviewed(items, review))
      review = reviewItem(items, review, { key, keep: true, reason: 'Om barnet', ...by });
    const name = at(items, 'Barnets navn')?.key ?? '';
    review = reviewItem(items, review, { key: name, keep: false, reason: 'Navnebeskyttet', ...by });
    expect(unreviewed(items, review)).toEqual([]);
    const facts = CASE.facts.map((one) => ({ ...one, text: `${one.text}, nu` }));
    const moved = itemsOf({ ...CASE, facts }, say, digest);
    expect(unreviewed(moved, review).map(({ text, third }) => [text, third])).toEqual([
      ['Alma, nu', 'changed'],
      ['Hemmelig Vej 1, nu', 'address'],
    ]);
    expect(refusal(() => toldOf(moved, review))).toBe('ILLEGAL_TRANSITION');
    // A page that shows the old address says nothing of the new one.
    const old = at(items, 'Adresse')?.key ?? '';
    expect(refusal(() => reviewItem(moved, review, { key: old, keep: true, reason: 'x', ...by }))).toMatch(/^INVALID/);
    for (const { key } of unreviewed(moved, review))
      review = reviewItem(moved, review, { key, keep: false, reason: 'Ny', ...by });
    expect(JSON.stringify(toldOf(moved, review))).not.toContain('Alma, nu');
  });

  test('said again it counts as it was said last; of nothing, and without a reason, it is refused', () => {
    const key = items.find(({ text }) => text === 'Birgitte')?.key ?? '';
    const once = reviewItem(items, {}, { key, keep: false, reason: 'x', ...by });
    expect(reviewItem(items, once, { key, keep: true, reason: 'y', ...by })[key]).toMatchObject({
      keep: true,
      reason: 'y',
    });
    expect(refusal(() => reviewItem(items, {}, { key: 'none', keep: true, reason: 'x', ...by }))).toMatch(/^INVALID/);
    expect(refusal(() => reviewItem(items, {}, { key, keep: true, reason: ' ', ...by }))).toMatch(/^INVALID/);
  });
});

test('an archive is the same for the same files, and begins and ends as one', () => {
  const make = () => zipOf([{ name: 'å.json', bytes: new TextEncoder().encode('123456789') }]);
  const zip = Buffer.from(make());
  expect(zip.equals(Buffer.from(make()))).toBe(true);
  expect([zip.readUInt32LE(0), zip.readUInt32LE(zip.length - 22)]).toEqual([0x04034b50, 0x06054b50]);
  // The check value of CRC-32 for these nine digits.
  expect(zip.readUInt32LE(14)).toBe(0xcbf43926);
});
