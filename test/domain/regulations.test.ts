import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { applyRegulation } from '#domain/apply-regulation.ts';
import { isWorkday, type OpeningException } from '#domain/calendar.ts';
import { startClock } from '#domain/deadlines.ts';
import { RULEBOOK } from '#domain/default-rulebook.ts';
import { afterOpenTime, isOpen, nextClosing, nextOpening, openTimeBetween } from '#domain/opening-hours.ts';
import type { DutyShift, Organisation } from '#domain/organisation.ts';
import { unitOf } from '#domain/organisation-tree.ts';
import { reassessedMeasure } from '#domain/reassessed-measures.ts';
import { movedBy, type OpenClock } from '#domain/recalculation.ts';
import { onDutyAt, recipientsOf } from '#domain/recipients.ts';
import { regulationChange } from '#domain/regulation-change.ts';
import { calendarFrom, defaultRegulations, withFile, worldFrom } from '#domain/regulations.ts';
import { phoneAt } from '#domain/rota.ts';
import { alarmRulesOf, policyRuleAt } from '#domain/rulebook.ts';
import { instant, T, withOffset } from '#domain/time.ts';
import { trainingOrganisation } from '#test/support/organisation.ts';
import { times } from '#test/support/size.ts';

const organisation = trainingOrganisation();
const delivered = defaultRegulations(organisation);
const NOW = instant('2026-11-10T12:00:00+01:00');
const day = (iso: string) => T.PlainDate.from(iso);
const apply = (change: Record<string, unknown>, regulations = delivered) =>
  applyRegulation(regulations, regulationChange.parse(change), 'a-change', organisation, NOW);
const shorter = (from: string, applyToOpen = false, n = 3) => ({
  what: 'policy-period',
  clock: 'feedback',
  from,
  period: { n, unit: 'workdays' },
  acute: null,
  source: 'direktionen',
  applyToOpen,
});

describe('opening hours with exceptions', () => {
  const exception = (rest: Partial<OpeningException>): OpeningException => ({
    id: 'x',
    units: ['bbu-norrebro'],
    from: '2026-11-11',
    to: '2026-11-11',
    periods: [],
    reason: 'r',
    source: 's',
    ...rest,
  });
  const unit = unitOf(organisation, 'bbu-norrebro');
  const other = unitOf(organisation, 'bbu-bispebjerg');
  const over = (...exceptions: OpeningException[]) => calendarFrom({ ...delivered, exceptions });
  const wednesday = (time: string) => instant(`2026-11-11T${time}:00+01:00`);
  const written = (at: ReturnType<typeof nextClosing>) => (at ? withOffset(at) : null);

  it('closed for a day: the next opening is the day after, and no other unit is touched', () => {
    const calendar = over(exception({}));
    expect(isOpen(unit, calendar, wednesday('10:00'))).toBe(false);
    expect(isOpen(other, calendar, wednesday('10:00'))).toBe(true);
    expect(written(nextOpening(unit, calendar, wednesday('07:00')))).toBe('2026-11-12T08:00:00+01:00');
    expect(written(nextClosing(unit, calendar, wednesday('07:00')))).toBe('2026-11-12T17:00:00+01:00');
    expect(openTimeBetween(unit, calendar, wednesday('00:00'), wednesday('23:00'))).toBe(0);
  });

  it('several other periods in a day, over a range; the later decision for a day holds', () => {
    const periods = [
      { from: '13:00', to: '14:00' },
      { from: '09:00', to: '10:30' },
    ];
    const calendar = over(
      exception({ to: '2026-11-12', periods }),
      exception({ from: '2026-11-12', to: '2026-11-12' }),
    );
    expect(openTimeBetween(unit, calendar, wednesday('00:00'), wednesday('23:00'))).toBe(2.5 * 3_600_000);
    expect(written(nextClosing(unit, calendar, wednesday('10:30')))).toBe('2026-11-11T14:00:00+01:00');
    // 90 minutes in the morning, 60 after noon, Thursday closed, the rest on Friday.
    const four = afterOpenTime(unit, calendar, wednesday('08:00'), 4 * 3_600_000);
    expect(withOffset(four)).toBe('2026-11-13T09:30:00+01:00');
  });

  it('may open on a closing day and on a Sunday', () => {
    const periods = [{ from: '10:00', to: '12:00' }];
    const calendar = over(exception({ from: '2026-12-24', to: '2026-12-27', periods }));
    expect(isOpen(unit, calendar, instant('2026-12-24T11:00:00+01:00'))).toBe(true);
    expect(isOpen(unit, calendar, instant('2026-12-27T11:00:00+01:00'))).toBe(true);
    expect(isOpen(other, calendar, instant('2026-12-24T11:00:00+01:00'))).toBe(false);
  });

  it('another calendar over the same units is not answered from memory', () => {
    expect(isOpen(unit, over(), wednesday('10:00'))).toBe(true);
    expect(isOpen(unit, over(exception({})), wednesday('10:00'))).toBe(false);
    expect(isOpen(unit, over(), wednesday('10:00'))).toBe(true);
  });
});

describe('a unit that stays closed', () => {
  const closed = (from: string, to: string) => ({
    what: 'opening-exception',
    units: ['bbu-norrebro'],
    from,
    to,
    periods: [],
    reason: 'brand',
    source: 'direktionen',
  });
  const tooLong = expect.objectContaining({ fields: [expect.objectContaining({ path: 'change.to' })] });

  it('for half a year at most, in a chain of decisions, too', () => {
    expect(() => apply(closed('2027-01-01', '2028-03-01'))).toThrow(tooLong);
    expect(() => apply(closed('2027-01-04', '9999-12-31'))).toThrow(tooLong);
    const first = apply(closed('2027-01-04', '2027-06-01'));
    expect(() => apply(closed('2027-06-02', '2027-10-01'), first)).toThrow(tooLong);
    expect(() => apply(closed('2027-06-10', '2027-10-01'), first)).not.toThrow();
  });

  it('not by taking away what opens it between two closings', () => {
    const periods = [{ from: '10:00', to: '12:00' }];
    const first = apply(closed('2027-02-01', '2027-06-30'));
    const opened = applyRegulation(
      first,
      regulationChange.parse({ ...closed('2027-06-21', '2027-06-30'), periods }),
      'opens',
      organisation,
      NOW,
    );
    const both = apply(closed('2027-07-01', '2027-10-01'), opened);
    const end = { what: 'end-exception', id: 'opens', to: '2026-11-10', source: 'direktionen' };
    expect(() => apply(end, both)).toThrow(tooLong);
  });
});

describe('the duty rota', () => {
  const shift = (rest: Partial<DutyShift>): DutyShift => ({
    id: 's',
    unit: 'dognvagten',
    person: 'duty-officer-dognvagten',
    from: instant('2026-11-10T20:00:00+01:00'),
    until: instant('2026-11-11T08:00:00+01:00'),
    phone: '+45 00 00 77 77',
    ...rest,
  });
  const night = instant('2026-11-10T23:00:00+01:00');
  const withRota = (...rota: DutyShift[]): Organisation => ({ ...organisation, rota });
  const notice = {
    stage: 'quarter',
    kind: 'assess-24h',
    counting: 'hours',
    unitId: 'dognvagten',
    handlerId: null,
  } as const;

  it('from instant to instant; in a gap nobody, and then the duty officers', () => {
    const own = withRota(shift({}));
    const at = (iso: string) => onDutyAt('dognvagten', own, instant(iso)).map(({ id }) => id);
    expect(at('2026-11-10T19:59:59+01:00')).toEqual([]);
    expect(at('2026-11-10T20:00:00+01:00')).toEqual(['duty-officer-dognvagten']);
    expect(at('2026-11-11T07:59:59+01:00')).toEqual(['duty-officer-dognvagten']);
    expect(at('2026-11-11T08:00:00+01:00')).toEqual([]);
    expect(onDutyAt('bbu-norrebro', own, night)).toEqual([]);
    expect(recipientsOf({ ...notice, at: night }, withRota())).toEqual(
      recipientsOf({ ...notice, at: night }, organisation),
    );
  });

  it('alarms go to who is on duty, not to whoever took it before; the number is the shift’s, else the unit’s', () => {
    const leader = 'team-leader-dognvagten';
    const own = withRota(shift({ person: leader }));
    const told = recipientsOf({ ...notice, handlerId: 'duty-officer-dognvagten', at: night }, own);
    expect(told).toEqual([{ kind: 'person', personId: leader, via: 'duty-officer' }]);
    expect(phoneAt('dognvagten', own, night)).toBe('+45 00 00 77 77');
    expect(phoneAt('dognvagten', withRota(shift({ phone: null })), night)).toBe(
      unitOf(organisation, 'dognvagten').phone,
    );
    expect(phoneAt('dognvagten', withRota(), night)).toBe(unitOf(organisation, 'dognvagten').phone);
  });
});

describe('changes of law and policy', () => {
  it('a new version leaves every earlier one as it was', () => {
    const { rulebook } = apply(shorter('2026-12-01'));
    expect(rulebook.policies.slice(0, -1)).toEqual(RULEBOOK.policies);
    expect(rulebook.laws).toEqual(RULEBOOK.laws);
    const period = (at: string) => policyRuleAt(rulebook, 'feedback', instant(at)).rule.period.n;
    expect(period('2026-11-30T22:59:59Z')).toBe(5);
    expect(period('2026-11-30T23:00:00Z')).toBe(3);
  });

  it('two changes for one day are one version; none slips in before one that is planned', () => {
    const once = apply(shorter('2026-12-01'));
    const twice = apply({ ...shorter('2026-12-01'), clock: 'handover', period: { n: 3, unit: 'workdays' } }, once);
    expect(twice.rulebook.policies.map(({ id }) => id)).toEqual(['policy-default', 'policy-2026-12-01']);
    expect(twice.rulebook.policies.at(-1)?.clocks.feedback.period.n).toBe(3);
    expect(() => apply(shorter('2026-11-20', false, 4), once)).toThrow('INVALID');
  });

  it('decided for open clocks, it holds for those that ran then and for what begins on its day', () => {
    const open = apply(shorter('2026-12-01', true));
    const later = apply(shorter('2026-12-20', false, 8), open);
    const period = (at: string) => policyRuleAt(later.rulebook, 'feedback', instant(at)).rule.period.n;
    expect([period('2026-11-01T10:00:00Z'), period('2026-12-19T10:00:00Z'), period('2026-12-21T10:00:00Z')]).toEqual([
      3, 3, 8,
    ]);
    // Decided on the 10th for what runs; what begins before its first day is no part of it.
    expect(period('2026-11-20T10:00:00Z')).toBe(5);
  });

  it('a law changes for notifications received from its day on', () => {
    const change = {
      what: 'law-period',
      duty: 'receipt',
      from: '2027-01-01',
      period: { n: 5, unit: 'hverdage' },
      again: null,
      paragraph: '§ 138, stk. 1',
      status: 'law',
      source: 'lov nr. 1',
    };
    const world = worldFrom(organisation, apply(change));
    const receipt = (receivedAt: string) => {
      const from = { start: instant('2027-01-04T10:00:00Z'), receivedAt: instant(receivedAt), acute: false };
      const { lawVersion, period, derivation } = startClock('receipt', from, world.rulebook, world.calendar);
      return [lawVersion, period.n, derivation.paragraph, derivation.lawName];
    };
    expect(receipt('2026-12-31T22:59:59Z')).toEqual(['barnets-lov-2024', 6, '§ 138', 'barnets lov']);
    expect(receipt('2026-12-31T23:00:00Z')).toEqual(['barnets-lov-2027-01-01', 5, '§ 138, stk. 1', 'barnets lov']);
  });

  it.each([
    ['receipt', { n: 48, unit: 'elapsed hours' }, null, 'change.period.unit'],
    ['assess-24h', { n: 1, unit: 'workdays' }, null, 'change.period.unit'],
    ['follow-up', { n: 3, unit: 'months' }, { n: 6, unit: 'elapsed hours' }, 'change.again.unit'],
  ])('%s in %o is another kind of duty', (duty, period, again, path) => {
    const rest = { from: '2027-01-01', paragraph: '§ 138', status: 'law', source: 'lov nr. 1' };
    expect(() => apply({ what: 'law-period', duty, period, again, ...rest })).toThrow(
      expect.objectContaining({ fields: [expect.objectContaining({ path })] }),
    );
  });

  it('text and source of what is in force may be corrected, its period not', () => {
    const change = {
      what: 'correct-text',
      version: 'barnets-lov-2024',
      rule: 'receipt',
      paragraph: '§ 138',
      status: 'law',
      source: 'læst',
    };
    const { laws } = apply(change).rulebook;
    expect(laws.at(-1)?.duties.receipt).toMatchObject({
      status: 'law',
      source: 'læst',
      period: { n: 6, unit: 'hverdage' },
    });
    expect(() => apply({ ...change, version: 'nothing' })).toThrow('INVALID');
  });

  it('reminders per kind, for clocks that start from the day on', () => {
    const change = {
      what: 'alarms',
      clock: 'feedback',
      from: '2026-12-01',
      opensAt: '09:30',
      chaseWorkdays: 2,
      chaseHours: 4,
      source: 's',
    };
    const { rulebook } = apply(change);
    const opensAt = (kind: string, at: string) => alarmRulesOf(rulebook, kind, instant(at)).opensAt;
    expect(opensAt('feedback', '2026-12-01T10:00:00Z')).toBe('09:30');
    expect(opensAt('feedback', '2026-11-30T10:00:00Z')).toBe('08:00');
    expect(opensAt('handover', '2026-12-01T10:00:00Z')).toBe('08:00');
    const rules = alarmRulesOf(rulebook, 'feedback', instant('2026-12-02T10:00:00Z'));
    expect(alarmRulesOf(rulebook, 'feedback', instant('2026-12-03T10:00:00Z'))).toBe(rules);
  });

  it('closing days begin and end; helligdage by year', () => {
    const closed = {
      what: 'closing-day',
      on: '12-23',
      da: 'Lillejuleaften',
      en: 'Little Christmas Eve',
      from: '2026-12-01',
      until: '2028-01-01',
      source: 's',
      applyToOpen: false,
    };
    const calendar = calendarFrom(apply(closed));
    expect(
      ['2025-12-23', '2026-12-23', '2027-12-23', '2029-12-21'].map((one) => isWorkday(calendar, day(one))),
    ).toEqual([true, false, false, true]);
    const ended = calendarFrom(
      apply({ what: 'end-closing-day', on: '06-05', until: '2027-01-01', source: 's', applyToOpen: false }),
    );
    expect([isWorkday(ended, day('2026-06-05')), isWorkday(ended, day('2029-06-05'))]).toEqual([false, true]);
    const holiday = {
      what: 'holiday',
      da: 'Ny dag',
      en: 'New day',
      on: { fixed: '03-16' },
      from: 2027,
      source: 's',
      applyToOpen: false,
    };
    expect(isWorkday(calendarFrom(apply(holiday)), day('2027-03-16'))).toBe(false);
    expect(() => apply({ ...holiday, from: 2026 })).toThrow('INVALID');
    expect(() => apply({ ...closed, on: '12-24' })).toThrow('INVALID');
    expect(() => apply({ ...closed, on: '2026-12-25' })).toThrow('INVALID');
  });

  it('a unit that is always open has no exceptions', () => {
    const change = {
      what: 'opening-exception',
      from: '2026-12-01',
      to: '2026-12-01',
      periods: [],
      reason: 'r',
      source: 's',
    };
    expect(() => apply({ ...change, units: ['dognvagten'] })).toThrow('INVALID');
    expect(apply({ ...change, units: ['bbu-norrebro'] }).exceptions).toHaveLength(1);
  });

  it('another organisation file changes only its own days, and only those ahead', () => {
    const decided = apply({
      what: 'end-closing-day',
      on: '12-31',
      until: '2027-06-01',
      source: 'rådet',
      applyToOpen: false,
    });
    const file = { closingDays: ['12-24', '12-31', '12-23'], exceptions: [] };
    const { closingDays } = withFile(decided, organisation.closingDays, file, '2026-11-11');
    const told = closingDays.map(({ on, from, until }) => `${on} ${from} ${until}`).sort();
    expect(told).toEqual([
      '06-05 null 2026-11-11',
      '12-23 2026-11-11 null',
      '12-24 null null',
      '12-31 null 2027-06-01',
    ]);
    expect(withFile(decided, organisation.closingDays, organisation, '2026-11-11')).toEqual(decided);
  });
});

test('whatever runs: what moves comes out as counted anew, what is due stays, and a second look finds nothing to move', () => {
  const before = worldFrom(organisation, delivered);
  const now = instant('2026-11-10T10:00:00+01:00');
  const kinds = ['acknowledge', 'handover', 'feedback', 'receipt', 'investigation', 'assess-24h'] as const;
  const anyClock = fc.record({
    kind: fc.constantFrom(...kinds),
    hoursAgo: fc.integer({ min: 0, max: 24 * 9 }),
    acute: fc.boolean(),
    paused: fc.option(fc.integer({ min: 1, max: 200 })),
  });
  const change = fc.record({
    n: fc.integer({ min: 1, max: 12 }),
    acute: fc.integer({ min: 1, max: 30 }),
    clock: fc.constantFrom(...kinds.slice(0, 3)),
  });
  fc.assert(
    fc.property(fc.array(anyClock, { maxLength: 12 }), change, (drawn, { n, acute, clock }) => {
      const clocks = drawn.map(({ kind, hoursAgo, acute: isAcute, paused }, at): OpenClock => {
        const start = now.subtract({ hours: hoursAgo });
        const pauses =
          paused === null
            ? []
            : [{ from: withOffset(start.add({ hours: 1 })), until: withOffset(start.add({ hours: 1 + paused })) }];
        const made = startClock(
          kind,
          { start, receivedAt: start, acute: isAcute, pauses },
          before.rulebook,
          before.calendar,
        );
        const unit = 'bbu-norrebro';
        const { startedAt, dueAt, derivation } = made;
        return {
          id: `${at}`.padStart(3, '0'),
          referralId: 'r',
          caseNumber: 'c',
          kind,
          unit,
          ownerUnit: unit,
          responsibleUnit: unit,
          receivedAt: start,
          startedAt,
          dueAt,
          acute: isAcute,
          acuteSince: null,
          derivation,
        };
      });
      const payload = { ...shorter('2026-11-12', true, n), clock, acute: { n: acute, unit: 'elapsed hours' } };
      let after = before;
      try {
        after = worldFrom(organisation, apply(payload));
      } catch {
        return;
      }
      const asked = { before, after, applyToOpen: true, from: day('2026-11-12') };
      const moves = movedBy(clocks, asked, now);
      for (const { clock: moved, to, moves: does, retiming } of moves) {
        expect(does).toBe(true);
        expect(moved.kind).toBe(clock);
        expect(T.Instant.compare(moved.dueAt, now)).toBe(1);
        expect(T.Instant.compare(to, now)).toBe(1);
        expect(withOffset(to)).toBe(retiming.derivation.due);
        expect(retiming.derivation.policy).toBe('policy-2026-11-12');
      }
      const again = clocks.map((one) => {
        const moved = moves.find(({ clock: { id } }) => id === one.id);
        return moved ? { ...one, dueAt: moved.to, derivation: moved.retiming.derivation } : one;
      });
      expect(movedBy(again, { ...asked, before: after }, now)).toEqual([]);
      expect(movedBy(clocks, { ...asked, applyToOpen: false }, now).some(({ moves: does }) => does)).toBe(false);
    }),
    { numRuns: times(300, 20_000) },
  );
});

describe('measures that call for a re-assessment', () => {
  const change = {
    what: 'reassessed-measures',
    from: '2026-11-12',
    paragraphs: ['§ 32', '§ 30'],
    status: 'law',
    source: 'lovændring',
  };
  const called = (measure: string, received: string, { rulebook } = delivered) =>
    reassessedMeasure([{ measure, since: null, until: null }], instant(`${received}T12:00:00Z`), rulebook) !== null;

  it('are those of the list that was in force when the notification came', () => {
    expect([called('§ 52', '2023-12-31'), called('§ 52', '2024-01-01')]).toEqual([true, false]);
    expect([called('§ 67', '2023-12-31'), called('§ 67', '2024-01-01')]).toEqual([false, true]);
    const after = apply(change);
    expect([called('§ 30', '2026-11-11', after), called('§ 30', '2026-11-12', after)]).toEqual([false, true]);
    expect([called('§ 67', '2026-11-11', after), called('§ 67', '2026-11-12', after)]).toEqual([true, false]);
    expect(called('a word that no list knows', '2026-11-12', after)).toBe(true);
  });

  it('change from tomorrow at the earliest, and by paragraphs that can be compared', () => {
    expect(() => apply({ ...change, from: '2026-11-10' })).toThrow('INVALID');
    expect(regulationChange.safeParse({ ...change, paragraphs: ['32'] }).success).toBe(false);
    expect(regulationChange.safeParse({ ...change, paragraphs: [] }).success).toBe(false);
  });
});
