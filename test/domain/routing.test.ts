import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { actsNow } from '#domain/acting.ts';
import { childFacts } from '#domain/child-facts.ts';
import { CODES } from '#domain/default-codes.ts';
import { notificationForm } from '#domain/notification-form.ts';
import { openTimeBetween } from '#domain/opening-hours.ts';
import type { Organisation, Unit } from '#domain/organisation.ts';
import { isValid, unitOf } from '#domain/organisation-tree.ts';
import { calendarOf, deliveredWorld } from '#domain/regulations.ts';
import { type RouteAnswer, type RouteCase, routeCase } from '#domain/route-case.ts';
import { type RoutingInput, route } from '#domain/routing.ts';
import { instant, localDay, T } from '#domain/time.ts';
import { validForm } from '#test/support/form-arbitrary.ts';
import { trainingOrganisation } from '#test/support/organisation.ts';

const organisation = trainingOrganisation();
const at = instant('2026-11-03T10:00:00+01:00');

type WorkedCase = RouteCase & { readonly id: string; readonly expect: Omit<RouteAnswer, 'trace'> };
const cases = JSON.parse(
  readFileSync(new URL('../acceptance/routing.json', import.meta.url), 'utf8'),
) as readonly WorkedCase[];

test.each(cases)('worked case $id', ({ expect: expected, ...one }) => {
  const { trace, ...got } = routeCase(one, organisation);
  expect(got).toEqual(expected);
  expect(trace.filter((entry) => entry.matched).map((entry) => entry.rule)).toContain(expected.rule);
});

const facts = (child: Partial<RoutingInput['child']>, rest: Partial<RoutingInput> = {}): RoutingInput => ({
  matter: 'notification',
  child: { postalCode: '2200', age: 8, institution: null, ...child },
  senderUnit: null,
  need: null,
  known: null,
  at,
  ...rest,
});
const changed = (changes: Readonly<Record<string, Partial<Unit>>>): Organisation => ({
  ...organisation,
  units: new Map([...organisation.units].map(([id, unit]) => [id, { ...unit, ...changes[id] }] as const)),
});
const closed = (successor: string | null): Partial<Unit> => ({
  validity: { from: null, until: T.PlainDate.from('2026-11-03') },
  successor,
});
const answer = (input: RoutingInput, where = organisation) => {
  const { unit, rule } = route(input, where);
  return [unit, rule];
};

describe('rule 1, an open case', () => {
  test('comes before another municipality: a child placed outside is still ours', () => {
    expect(answer(facts({ postalCode: '8000' }, { known: { unit: 'bbu-valby' } }))).toEqual(['bbu-valby', 1]);
  });
  test('a closed unit means its successor, and that one’s successor', () => {
    const merged = changed({ 'bbu-valby': closed('bbu-vesterbro'), 'bbu-vesterbro': closed('bbu-bispebjerg') });
    expect(answer(facts({}, { known: { unit: 'bbu-valby' } }), merged)).toEqual(['bbu-bispebjerg', 1]);
  });
  test('a closed unit without a successor decides nothing', () => {
    const gone = changed({ 'bbu-valby': closed(null) });
    expect(answer(facts({}, { known: { unit: 'bbu-valby' } }), gone)).toEqual(['bbu-norrebro', 4]);
  });
  test('a case that names a centre means a case unit below it', () => {
    expect(answer(facts({ age: 15 }, { known: { unit: 'bch' } }))).toEqual(['bch-ungegruppen', 1]);
    expect(answer(facts({ age: 'unborn' }, { known: { unit: 'bch' } }))).toEqual(['bch-bornegruppen', 1]);
    expect(answer(facts({ age: null }, { known: { unit: 'bch' } }))).toEqual(['bch-modtagelsen', 1]);
    expect(answer(facts({ age: 19 }, { known: { unit: 'bch' } }))).toEqual(['bch-modtagelsen', 1]);
    expect(answer(facts({}, { known: { unit: 'bbu' } }))).toEqual(['bbu-norrebro', 1]);
  });
  test('a case of ours whose area cannot be told is not passed on', () => {
    expect(answer(facts({ postalCode: '8000' }, { known: { unit: 'bbu' } }))).toEqual(['central-intake', 1]);
  });
  test('the caseworker, unless absent or elsewhere', () => {
    const known = { unit: 'bbu-valby', caseworker: 'caseworker-bbu-valby' };
    expect(route(facts({}, { known }), organisation).caseworker).toBe('caseworker-bbu-valby');
    expect(route(facts({}, { known: { ...known, unit: 'bbu-bhv' } }), organisation).caseworker).toBeNull();
    const person = organisation.people.get('caseworker-bbu-valby');
    if (!person) throw new Error('training people changed');
    const absences = [
      { from: T.PlainDate.from('2026-11-01'), until: T.PlainDate.from('2026-11-04'), substitute: null },
    ];
    const away = { ...organisation, people: new Map([[person.id, { ...person, absences }]]) };
    expect(route(facts({}, { known }), away).caseworker).toBeNull();
  });
});

describe('rule 2, another municipality', () => {
  test('names the neighbour where it is known', () => {
    const { trace } = route(facts({ postalCode: '1900' }), organisation);
    expect(trace.at(-1)).toMatchObject({ rule: 2, matched: true });
    expect(trace.at(-1)?.why.da).toContain('Frederiksberg');
    expect(route(facts({ postalCode: '8000' }), organisation).trace.at(-1)?.why.en).toContain('another municipality');
  });
  test('intake may say so', () => {
    expect(answer(facts({}, { elsewhere: true }))).toEqual(['central-intake', 2]);
  });
  test('a closed unit’s code is still ours and goes to its successor', () => {
    expect(answer(facts({}), changed({ 'bbu-norrebro': closed('bbu-bispebjerg') }))).toEqual(['bbu-bispebjerg', 4]);
  });
});

describe('rule 3, disability and needs', () => {
  test('advice only where the unit may not own a notification', () => {
    const { trace, unit } = route(facts({}, { need: 'school-place' }), organisation);
    expect(unit).toBe('bbu-norrebro');
    expect(trace.find((entry) => entry.rule === 3)).toMatchObject({ matched: false, candidates: ['buf-modtagelse'] });
  });
  test('a closed group’s ages go to its successor', () => {
    const merged = changed({ 'bch-bornegruppen': closed('bch-ungegruppen') });
    expect(answer(facts({}, { need: 'equipment' }), merged)).toEqual(['bch-ungegruppen', 3]);
  });
  test('worry, an unknown need and an age outside the row are left to the address', () => {
    for (const need of ['worry', 'nonsense']) expect(answer(facts({}, { need }))).toEqual(['bbu-norrebro', 4]);
    expect(answer(facts({ age: 18 }, { need: 'equipment' }))).toEqual(['bbu-norrebro', 4]);
  });
});

describe('rules 4-6, the address', () => {
  test('a shared code without a deciding school names the candidates', () => {
    for (const institution of [null, 'sundhedspleje', 'skole-valby']) {
      const { trace, unit } = route(facts({ postalCode: '2300', institution }), organisation);
      expect(unit).toBe('central-intake');
      expect(trace.at(-1)).toMatchObject({ rule: 4, candidates: ['bbu-amager-vest', 'bbu-amager-ost'] });
    }
  });
  test('the school before the sender, and neither while the code is known', () => {
    const nowhere = { postalCode: null, institution: 'skole-islands-brygge' };
    expect(answer(facts(nowhere, { senderUnit: 'skole-valby' }))).toEqual(['bbu-amager-vest', 5]);
    expect(answer(facts({ postalCode: null }, { senderUnit: 'skole-valby' }))).toEqual(['bbu-valby', 5]);
    expect(answer(facts({ postalCode: null }, { senderUnit: 'central-intake' }))).toEqual(['central-intake', 6]);
    expect(answer(facts({}, { senderUnit: 'skole-valby' }))).toEqual(['bbu-norrebro', 4]);
  });
  test('every tried rule leaves its entry, in order, in both languages', () => {
    const { trace } = route(facts({ postalCode: null }), organisation);
    expect(trace.map((entry) => [entry.rule, entry.matched])).toEqual([
      [1, false],
      [2, false],
      [3, false],
      [4, false],
      [5, false],
      [6, true],
    ]);
    for (const entry of trace) expect(entry.why.da.length * entry.why.en.length).toBeGreaterThan(0);
  });
});

describe('inquiries', () => {
  const inquiry = { matter: 'inquiry', senderUnit: 'skole-norrebro' } as const;
  test('the matrix reaches any department, worry aside', () => {
    expect(answer(facts({}, { ...inquiry, need: 'school-place' }))).toEqual(['buf-modtagelse', 3]);
    expect(answer(facts({ age: 3 }, { ...inquiry, need: 'school-place' }))).toEqual(['bbu-norrebro', 4]);
  });
  test('then the registering unit if it may own it, before the address', () => {
    const { unit, trace } = route(facts({}, { ...inquiry, senderUnit: 'buf-modtagelse' }), organisation);
    expect(unit).toBe('buf-modtagelse');
    expect(trace.map((entry) => entry.name)).toEqual([
      'open-case',
      'other-municipality',
      'responsibility-matrix',
      'registering-unit',
    ]);
    expect(answer(facts({ postalCode: '2500' }, inquiry))).toEqual(['bbu-valby', 4]);
  });
  test('an open case and another municipality come first here too', () => {
    expect(answer(facts({ postalCode: '8000' }, inquiry))).toEqual(['central-intake', 2]);
    expect(answer(facts({}, { ...inquiry, known: { unit: 'buf-modtagelse' } }))).toEqual(['buf-modtagelse', 1]);
    expect(answer(facts({}, { known: { unit: 'buf-modtagelse' } }))).toEqual(['bbu-norrebro', 4]);
  });
});

const calendar = calendarOf(organisation);
const institutions = [...organisation.units.values()].filter((unit) => unit.mayOwn.length === 0).map((unit) => unit.id);

test('a thousand random valid notifications: always one open unit, and somebody acts before the 24 hours end', () => {
  const instants = fc
    .integer({ min: 0, max: 2 * 365 * 24 * 60 })
    .map((minutes) => instant('2026-01-01T00:00:00Z').add({ minutes }));
  const known = fc.option(
    fc.record(
      { unit: fc.constantFrom(...organisation.units.keys(), 'gone'), disability: fc.boolean() },
      { requiredKeys: [] },
    ),
    { nil: null },
  );
  const schema = notificationForm({ training: true, organisation, codes: CODES });
  const sender = fc.constantFrom(...institutions, null);
  const forms = validForm(institutions, [...organisation.matrix.map((row) => row.id)]);
  fc.assert(
    fc.property(forms, instants, known, sender, (input, when, about, senderUnit) => {
      const form = schema.parse(input);
      const assessBy = when.add({ hours: 24 });
      for (const child of form.children) {
        const routed = route(
          {
            matter: 'notification',
            child: childFacts(child, when),
            senderUnit,
            need: form.need,
            known: about,
            at: when,
          },
          organisation,
        );
        const unit = unitOf(organisation, routed.unit);
        expect(isValid(unit.validity, localDay(when)) && unit.mayOwn.includes('notification')).toBe(true);
        const acute = form.acute.marked;
        const acting = actsNow(
          { responsible: unit.id, acute, assessBy, assessed: false, at: when },
          deliveredWorld(organisation),
        );
        const actor = unitOf(organisation, acting.unit);
        expect(openTimeBetween(actor, calendar, when, assessBy)).toBeGreaterThan(0);
      }
    }),
    { numRuns: 1000 },
  );
}, 60_000);
