import { expect, it, test } from 'vitest';
import { type OwnerHistory, ownerThen } from '#domain/owner-history.ts';
import { instant } from '#domain/time.ts';

const [NIGHT, MORNING, NOON, AFTERNOON, EVENING] = [
  '2026-11-02T22:00:00+01:00',
  '2026-11-03T08:00:00+01:00',
  '2026-11-03T12:00:00+01:00',
  '2026-11-03T15:00:00+01:00',
  '2026-11-03T18:00:00+01:00',
];
const [NORREBRO, VALBY, DUTY] = ['bbu-norrebro', 'bbu-valby', 'dognvagten'];
const line = (at: string, kind: string, data: Record<string, unknown> = {}, actorId: string | null = null) => ({
  kind,
  registeredAt: instant(at).toString(),
  actorId,
  data,
});
const owned = (at: string, unit: string, provisionalRule: string | null, assessmentUnit: string | null = null) =>
  line(at, 'owned', { unit, provisionalRule, assessmentUnit });
const row = (at: string, unit: string, provisionalRule: string | null = null) => ({
  unit,
  provisionalRule,
  startedAt: instant(at),
});
const clock = (kind: string, from: string, dueAt: string, endedAt: string | null = null) => ({
  kind,
  startedAt: instant(from),
  dueAt: instant(dueAt),
  endedAt: endedAt ? instant(endedAt) : null,
});

/** Acute at night, taken over at opening, handed over at noon, in dispute in the afternoon. */
const history: OwnerHistory = {
  owners: [
    row(NIGHT, DUTY, 'acute-while-closed'),
    row(MORNING, NORREBRO),
    row(NOON, VALBY),
    row(EVENING, DUTY, 'dispute'),
  ],
  lines: [
    line(NIGHT, 'routed', { unit: NORREBRO }),
    owned(NIGHT, DUTY, 'acute-while-closed'),
    line(MORNING, 'ownership-returned', { unit: NORREBRO, from: DUTY }),
    owned(MORNING, NORREBRO, null, DUTY),
    line('2026-11-03T09:00:00+01:00', 'routed-again', { unit: 'bbu-bhv' }),
    line('2026-11-03T09:00:00+01:00', 'acknowledged', { unit: NORREBRO }, 'anna'),
    line('2026-11-03T09:30:00+01:00', 'assigned', { to: 'bo' }),
    line('2026-11-03T10:00:00+01:00', 'assessed'),
    line(NOON, 'handover-accepted', { from: NORREBRO, to: VALBY }),
    owned(NOON, VALBY, null),
    line(NOON, 'acknowledged', { unit: VALBY }, 'carl'),
    owned(EVENING, DUTY, 'dispute'),
  ],
  clocks: [
    clock('acknowledge', MORNING, '2026-11-03T09:00:00+01:00', '2026-11-03T09:00:00+01:00'),
    clock('investigation', NIGHT, '2027-03-02T23:59:59+01:00'),
  ],
};
const then = (at: string) => ownerThen(history, instant(at));

it.each([
  [NIGHT, DUTY, NORREBRO, 'acute-while-closed', null, null],
  ['2026-11-03T07:59:59+01:00', DUTY, NORREBRO, 'acute-while-closed', null, null],
  [MORNING, NORREBRO, NORREBRO, null, null, DUTY],
  ['2026-11-03T09:00:00+01:00', NORREBRO, NORREBRO, null, 'anna', DUTY],
  ['2026-11-03T09:59:59+01:00', NORREBRO, NORREBRO, null, 'bo', DUTY],
  ['2026-11-03T10:00:00+01:00', NORREBRO, NORREBRO, null, 'bo', null],
  [NOON, VALBY, VALBY, null, 'carl', null],
  [AFTERNOON, VALBY, VALBY, null, 'carl', null],
  [EVENING, DUTY, VALBY, 'dispute', null, null],
])('at %s: %s acts for %s', (at, ownerUnit, responsibleUnit, provisionalRule, handlerId, assessmentUnit) => {
  expect(then(at)).toMatchObject({ ownerUnit, responsibleUnit, provisionalRule, handlerId, assessmentUnit });
});

test('since when, and the clocks that ran then', () => {
  expect(then('2026-11-03T08:30:00+01:00')?.since).toEqual(instant(MORNING));
  const kinds = (at: string) => then(at)?.clocks.map(({ kind }) => kind);
  expect(kinds('2026-11-03T07:00:00+01:00')).toEqual(['investigation']);
  expect(kinds('2026-11-03T08:30:00+01:00')).toEqual(['acknowledge', 'investigation']);
  expect(kinds('2026-11-03T09:00:00+01:00')).toEqual(['investigation']);
});

test('before it arrived there was nobody', () => {
  expect(then('2026-11-02T21:59:59+01:00')).toBeNull();
});

test('a routing that nothing followed names nobody: a later provisional owner holds it for the unit that had it', () => {
  const lines = [...history.lines.slice(0, 6), owned(AFTERNOON, DUTY, 'acute-while-closed')];
  const owners = [...history.owners.slice(0, 2), row(AFTERNOON, DUTY, 'acute-while-closed')];
  expect(ownerThen({ ...history, owners, lines }, instant(AFTERNOON))?.responsibleUnit).toBe(NORREBRO);
});

test('a decision at night names the unit that another holds it for', () => {
  const lines = [
    ...history.lines,
    line(EVENING, 'responsible-named', { unit: 'bbu-bhv' }),
    owned(EVENING, DUTY, 'acute-while-closed'),
  ];
  const owners = [...history.owners.slice(0, 3), row(EVENING, DUTY, 'acute-while-closed')];
  expect(ownerThen({ ...history, owners, lines }, instant(EVENING))).toMatchObject({
    ownerUnit: DUTY,
    responsibleUnit: 'bbu-bhv',
    handlerId: null,
  });
});
