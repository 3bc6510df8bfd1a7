import { describe, expect, test } from 'vitest';
import type { Organisation } from '#domain/organisation.ts';
import { type Concern, missingFrom, toBeNamed } from '#domain/restriction.ts';
import { instant, T } from '#domain/time.ts';
import { world } from '#test/support/referral.ts';

const NOW = instant('2026-11-03T10:00:00+01:00');
const UNIT = 'bbu-norrebro';
const OTHER = 'bbu-bispebjerg';
const DUTY = 'dognvagten';
const own: Concern = {
  ownerUnit: UNIT,
  responsibleUnit: UNIT,
  assessmentUnit: null,
  receiverUnit: null,
  dispute: null,
  open: true,
  reassessor: null,
};
const [HANDLER, LEADER] = [`caseworker-${UNIT}`, `team-leader-${UNIT}`];
const dispute = (step: number): Concern['dispute'] => ({
  acute: false,
  step,
  parties: [UNIT, OTHER].map((unit) => ({ unit, claim: null, whose: null, basis: null })),
});

/** The training municipality in which these people are away and nobody stands in for them. */
const without = (away: readonly string[]): Organisation => {
  const absences = [{ from: T.PlainDate.from('2026-11-01'), until: null, substitute: null }];
  const people = [...world.organisation.people].map(([id, person]) =>
    away.includes(id) ? ([id, { ...person, substitute: null, absences }] as const) : ([id, person] as const),
  );
  return { ...world.organisation, people: new Map(people) };
};

type Case = {
  readonly name: string;
  readonly concern?: Partial<Concern>;
  readonly named: readonly string[];
  readonly related?: readonly string[];
  readonly away?: readonly string[];
  readonly needs: readonly (readonly [string, string])[];
};

const TABLE: readonly Case[] = [
  { name: 'a handler and a leader are enough', named: [HANDLER, LEADER], needs: [] },
  { name: 'a leader of the unit may do the work too', named: [LEADER], needs: [] },
  { name: 'a handler alone cannot lift it', named: [HANDLER], needs: [[LEADER, 'leader']] },
  { name: 'a leader above does not do the work', named: ['area-manager-bbu'], needs: [[LEADER, 'unit']] },
  { name: 'nobody: the unit’s leader, once for both', named: [], needs: [[LEADER, 'unit']] },
  {
    name: 'the unit’s leader is related: the intake, and the leader above',
    named: [],
    related: [LEADER],
    needs: [
      [`intake-${UNIT}`, 'unit'],
      ['area-manager-bbu', 'leader'],
    ],
  },
  {
    name: 'who re-assesses it, from another unit',
    concern: { reassessor: `team-leader-${OTHER}` },
    named: [LEADER],
    needs: [[`team-leader-${OTHER}`, 'reassess']],
  },
  { name: 'not of a closed case', concern: { reassessor: 'x', open: false }, named: [LEADER], needs: [] },
  { name: 'nor who is related', concern: { reassessor: 'x' }, named: [LEADER], related: ['x'], needs: [] },
  {
    name: 'the handler is away: the leader',
    named: [HANDLER, 'area-manager-bbu'],
    away: [HANDLER],
    needs: [[LEADER, 'unit']],
  },
  {
    name: 'everybody of the unit is away: what is named stays, and the leader above is there',
    named: [HANDLER, 'area-manager-bbu'],
    away: ['intake', 'caseworker', 'professional-coordinator', 'team-leader'].map((role) => `${role}-${UNIT}`),
    needs: [],
  },
  {
    name: 'a unit to which it is proposed to hand it over: its leader',
    concern: { receiverUnit: OTHER },
    named: [HANDLER, LEADER],
    needs: [[`team-leader-${OTHER}`, 'unit']],
  },
  {
    name: 'by night the duty unit owns it: an officer, and its leader or the one above',
    concern: { ownerUnit: DUTY },
    named: [HANDLER, LEADER, 'area-manager-bbu'],
    needs: [['duty-officer-dognvagten', 'unit']],
  },
  {
    name: 'the duty unit has the assessment task: an officer',
    concern: { assessmentUnit: DUTY },
    named: [HANDLER, LEADER],
    needs: [['duty-officer-dognvagten', 'unit']],
  },
  {
    name: 'closed: nobody need act, a leader may lift it',
    concern: { open: false, receiverUnit: OTHER },
    named: [],
    needs: [[LEADER, 'leader']],
  },
  {
    name: 'a dispute: the other side’s leader, who speaks for it, and somebody to decide',
    concern: { dispute: dispute(2) },
    named: [HANDLER, LEADER],
    needs: [
      [`team-leader-${OTHER}`, 'unit'],
      ['buf-sof-coordinator-sof-stab', 'dispute'],
    ],
  },
];

describe('whom a restricted case is opened to', () => {
  test.each(TABLE)('$name', ({ concern, named, related = [], away = [], needs }) => {
    const organisation = without(away);
    const needed = toBeNamed({ ...own, ...concern }, { named, related }, { ...world, organisation }, NOW);
    expect(needed.map(({ person, as }) => [person, as])).toEqual(needs);
    // Once they are named nothing is missing.
    const then = [...named, ...needed.map(({ person }) => person)];
    expect(toBeNamed({ ...own, ...concern }, { named: then, related }, { ...world, organisation }, NOW)).toEqual([]);
  });

  test('in every unit, at every step and hour, somebody who is not related is named, and then nobody more', () => {
    const hours = ['2026-11-03T03:00:00+01:00', '2026-11-03T10:00:00+01:00', '2026-11-07T20:00:00+01:00'].map(instant);
    const owning = [...world.organisation.units.values()].filter(({ mayOwn }) => mayOwn.length > 0);
    for (const unit of owning) {
      for (const step of [1, 2, 3, 4]) {
        for (const now of hours) {
          const concern = {
            ...own,
            ownerUnit: unit.id,
            responsibleUnit: unit.id,
            assessmentUnit: DUTY,
            dispute: dispute(step),
          };
          const related = [`team-leader-${unit.id}`];
          const named = toBeNamed(concern, { named: [], related }, world, now).map(({ person }) => person);
          expect(named.length).toBeGreaterThan(2);
          expect(named).not.toContain(related[0]);
          expect(toBeNamed(concern, { named, related }, world, now)).toEqual([]);
        }
      }
    }
  });
});

test('a list that somebody chooses must hold a leader of the unit or above it, and somebody there to handle it', () => {
  const missing = (chosen: readonly string[], open = true, away: readonly string[] = []) =>
    missingFrom(chosen, UNIT, open, without(away), NOW);
  expect(missing([HANDLER, LEADER])).toBeNull();
  expect(missing([HANDLER])).toBe('nobody-to-lead');
  expect(missing([`team-leader-${OTHER}`, HANDLER])).toBe('nobody-to-lead');
  expect(missing(['area-manager-bbu'])).toBe('nobody-to-handle');
  expect(missing(['area-manager-bbu'], false)).toBeNull();
  expect(missing(['area-manager-bbu', HANDLER], true, [HANDLER])).toBe('nobody-to-handle');
});
