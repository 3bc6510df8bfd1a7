import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Organisation, Person } from '#domain/organisation.ts';
import { type AlarmNotice, holdersOf, presentOrSubstitute, recipientsOf } from '#domain/recipients.ts';
import { instant, T } from '#domain/time.ts';
import { trainingOrganisation } from '#test/support/organisation.ts';

const organisation = trainingOrganisation();
const at = instant('2026-11-03T08:00:00+01:00');
const day = T.PlainDate.from('2026-11-03');
const from = T.PlainDate.from('2026-11-02');
const notice = (over: Partial<AlarmNotice> = {}): AlarmNotice => ({
  stage: 'half',
  kind: 'feedback',
  counting: 'workdays',
  unitId: 'bbu-norrebro',
  handlerId: null,
  at,
  ...over,
});
const changed = (changes: Readonly<Record<string, Partial<Person>>>): Organisation => {
  const people = new Map(organisation.people);
  for (const [id, change] of Object.entries(changes)) {
    const person = people.get(id);
    if (!person) throw new Error(`nobody is ${id}`);
    people.set(id, { ...person, ...change });
  }
  return { ...organisation, people };
};
const away = (substitute: string | null = null): Partial<Person> => ({ absences: [{ from, until: null, substitute }] });
const shown = (over: Partial<AlarmNotice>, over2: Organisation = organisation) =>
  recipientsOf(notice(over), over2).map((to) =>
    to.kind === 'unit' ? `unit ${to.unitId}` : `${to.via} ${to.personId}`,
  );

const HANDLER = 'handler caseworker-bbu-norrebro';
const INTAKE = 'intake intake-bbu-norrebro';
const LEADER = 'team-leader team-leader-bbu-norrebro';
const [areaManager] = holdersOf('area-manager', 'bbu', organisation, day);
const AREA = `area-manager ${areaManager?.id}`;
const DIRECTOR = holdersOf('director', 'buf-bornecenter', organisation, day)[0]?.id;
const handlerId = 'caseworker-bbu-norrebro';

describe('who gets which alarm', () => {
  it.each<[AlarmNotice['stage'], AlarmNotice['counting'], string[]]>([
    ['half', 'workdays', [HANDLER]],
    ['early', 'days', [HANDLER]],
    ['last-workday', 'days', [HANDLER]],
    ['last-day', 'workdays', [HANDLER, LEADER]],
    ['last-open-day', 'days', [HANDLER, LEADER]],
    ['quarter', 'hours', [HANDLER]],
    ['half', 'hours', [HANDLER, LEADER]],
    ['end', 'workdays', [HANDLER, LEADER, AREA]],
    ['end', 'hours', [HANDLER, LEADER, AREA]],
    ['after', 'days', [HANDLER, LEADER, AREA]],
  ])('%s of a clock in %s', (stage, counting, expected) => {
    expect(shown({ stage, counting, handlerId })).toEqual(expected);
  });

  it('goes to the intake while nobody handles it, at the duty unit to its officers', () => {
    expect(shown({})).toEqual([INTAKE]);
    expect(shown({ unitId: 'dognvagten' })).toEqual(['duty-officer duty-officer-dognvagten']);
  });

  it('tells the leader of an acute matter that nobody has taken after a quarter of the hour', () => {
    expect(shown({ stage: 'quarter', counting: 'hours', kind: 'acknowledge' })).toEqual([INTAKE, LEADER]);
    expect(shown({ stage: 'quarter', counting: 'hours', kind: 'assess-24h' })).toEqual([INTAKE]);
  });

  it('goes to the unit itself when nobody is there, and to whoever leads it', () => {
    expect(shown({ unitId: 'buf-bornecenter' })).toEqual(['unit buf-bornecenter', `director ${DIRECTOR}`]);
    expect(shown({ unitId: 'gone', stage: 'end' })).toEqual(['unit gone']);
  });
});

describe('absence', () => {
  it('is covered by the absence’s own substitute, else the person’s', () => {
    const own = changed({ 'intake-bbu-norrebro': away('team-leader-bbu-norrebro') });
    expect(shown({}, own)).toEqual(['substitute team-leader-bbu-norrebro']);
    expect(shown({}, changed({ 'intake-bbu-norrebro': away() }))).toEqual(['substitute caseworker-bbu-norrebro']);
  });

  it('follows the chain, and one person is told once', () => {
    const chain = changed({
      'caseworker-bbu-norrebro': away('intake-bbu-norrebro'),
      'intake-bbu-norrebro': away('team-leader-bbu-norrebro'),
    });
    expect(shown({ stage: 'last-day', handlerId }, chain)).toEqual(['substitute team-leader-bbu-norrebro']);
  });

  it('ends a ring of substitutes at the unit', () => {
    const ring = changed({
      'caseworker-bbu-norrebro': away('intake-bbu-norrebro'),
      'intake-bbu-norrebro': away('caseworker-bbu-norrebro'),
    });
    expect(shown({ handlerId }, ring)).toEqual(['unit bbu-norrebro', LEADER]);
  });

  it('counts the first day and not the day of return', () => {
    const back = changed({
      'intake-bbu-norrebro': { absences: [{ from, until: day, substitute: 'team-leader-bbu-norrebro' }] },
    });
    expect(presentOrSubstitute('intake-bbu-norrebro', back, from)?.id).toBe('team-leader-bbu-norrebro');
    expect(presentOrSubstitute('intake-bbu-norrebro', back, day)?.id).toBe('intake-bbu-norrebro');
    expect(presentOrSubstitute('nobody', back, day)).toBeNull();
  });

  it('goes up the tree when a leader has no substitute within reach', () => {
    const noArea = changed({ 'team-leader-bbu-norrebro': { ...away(), substitute: null } });
    expect(shown({ stage: 'end', handlerId }, noArea)).toEqual([HANDLER, AREA]);
  });
});

describe('where nobody at the unit is there, the nearest leader who is', () => {
  const alone = { ...away(), substitute: null };
  const nobody = { 'intake-bbu-norrebro': alone, [handlerId]: alone };
  const UNIT = 'unit bbu-norrebro';
  const STAGES = ['half', 'last-day'] as const;

  it.each(STAGES)('is told of the %s of a clock, before it runs out', (stage) => {
    expect(shown({ stage, handlerId }, changed(nobody))).toEqual([UNIT, LEADER]);
  });

  it.each(STAGES)('is found above the unit for the %s when its own leader is away too', (stage) => {
    const leaderless = changed({ ...nobody, 'team-leader-bbu-norrebro': alone });
    expect(shown({ stage, handlerId }, leaderless)).toEqual([UNIT, AREA]);
  });

  it('is whoever stands in for them', () => {
    const standIn = changed({ ...nobody, 'team-leader-bbu-norrebro': away('professional-coordinator-bbu-norrebro') });
    expect(shown({ handlerId }, standIn)).toEqual([UNIT, 'substitute professional-coordinator-bbu-norrebro']);
  });

  it('is not told early of what somebody is there for', () => {
    expect(shown({ handlerId }, changed({ 'intake-bbu-norrebro': alone }))).toEqual([HANDLER]);
  });
});

describe('after a change of units', () => {
  const norrebro = organisation.units.get('bbu-norrebro') ?? expect.fail();
  const closed = { ...norrebro, id: 'closed', validity: { from: null, until: day }, successor: norrebro.id };
  const merged = { ...organisation, units: new Map([...organisation.units, [closed.id, closed]]) };

  it('what is still of the closed unit reaches the people of its successor', () => {
    expect(shown({ unitId: 'closed', stage: 'end' }, merged)).toEqual([INTAKE, LEADER, AREA]);
    expect(shown({ unitId: 'closed', at: instant('2026-11-02T08:00:00+01:00') }, merged)[0]).toBe('unit closed');
  });

  it('a handler who has gone to another unit is not told, and the intake is; from the day of the move on', () => {
    const roles = (until: string) => [
      { role: 'caseworker', unit: 'bbu-norrebro', validity: { from: null, until: T.PlainDate.from(until) } } as const,
      { role: 'caseworker', unit: 'bbu-bhv', validity: { from: T.PlainDate.from(until), until: null } } as const,
    ];
    expect(shown({ handlerId }, changed({ [handlerId]: { roles: roles('2026-11-03') } }))).toEqual([INTAKE]);
    expect(shown({ handlerId }, changed({ [handlerId]: { roles: roles('2026-11-04') } }))).toEqual([HANDLER]);
  });
});

describe('holders of a role', () => {
  const ids = (people: readonly Person[]) => people.map(({ id }) => id);

  it('are found at the unit, else at its parents', () => {
    expect(ids(holdersOf('team-leader', 'bbu-norrebro', organisation, day))).toEqual(['team-leader-bbu-norrebro']);
    expect(holdersOf('area-manager', 'bbu-norrebro', organisation, day)).toEqual([areaManager]);
    expect(holdersOf('area-manager', 'skole-norrebro', organisation, day)[0]?.unit).toBe(
      'buf-omrade-norrebro-bispebjerg',
    );
    expect(holdersOf('team-leader', 'bch', organisation, day)).toEqual([]);
  });

  it('serve their whole department as directors and BUF-SOF coordinators', () => {
    for (const role of ['director', 'buf-sof-coordinator'] as const) {
      expect(holdersOf(role, 'bch-ungegruppen', organisation, day)[0]?.unit).toBe('sof-stab');
      expect(holdersOf(role, 'skole-valby', organisation, day)[0]?.unit).toBe('buf-fagligt-center');
    }
  });

  it('hold it only while the role lasts; one who has left is stood in for', () => {
    const ended = { from: null, until: day };
    const role = { role: 'intake', unit: 'bbu-norrebro', validity: ended } as const;
    expect(shown({}, changed({ 'intake-bbu-norrebro': { roles: [role] } }))).toEqual(['unit bbu-norrebro', LEADER]);
    expect(shown({}, changed({ 'intake-bbu-norrebro': { validity: ended } }))).toEqual([
      'substitute caseworker-bbu-norrebro',
    ]);
  });
});

it('never tells nobody, and nobody twice, whoever is away', () => {
  const ids = [...organisation.people.keys()];
  const units = [...organisation.units.keys()];
  fc.assert(
    fc.property(
      fc.subarray(ids),
      fc.constantFrom(...units),
      fc.option(fc.constantFrom(...ids)),
      fc.constantFrom<AlarmNotice['stage']>('quarter', 'half', 'last-day', 'end', 'after'),
      (absent, unitId, handler, stage) => {
        const thinned = changed(Object.fromEntries(absent.map((id) => [id, away()])));
        const told = shown({ unitId, handlerId: handler, stage, counting: 'hours' }, thinned).map((to) =>
          to.slice(to.indexOf(' ')),
        );
        expect(told.length).toBeGreaterThan(0);
        expect(new Set(told).size).toBe(told.length);
        expect(told.some((to) => absent.includes(to.trim()))).toBe(false);
      },
    ),
  );
});
