import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { explain } from '#domain/deadline-explanation.ts';
import { ladderCase, ladderOf, ladderSteps, stepClock } from '#domain/ladder.ts';
import { calendarOf, deliveredWorld } from '#domain/regulations.ts';
import { instant, isAfter, T } from '#domain/time.ts';
import cases from '#test/acceptance/ladder.json' with { type: 'json' };
import { trainingOrganisation } from '#test/support/organisation.ts';

const organisation = trainingOrganisation();

describe('worked cases', () => {
  it.each(cases)('$id', ({ raised, acute, expect: expected }) => {
    const found = ladderCase(ladderOf(instant(raised), acute, deliveredWorld(organisation)));
    expect(JSON.stringify(found)).toBe(JSON.stringify(expected));
  });
});

describe('any ladder', () => {
  it('has no gap between its steps, alarms inside each, and reminders after the last', () => {
    fc.assert(
      fc.property(fc.integer({ min: Date.UTC(2024, 0, 1), max: Date.UTC(2035, 0, 1) }), fc.boolean(), (ms, acute) => {
        const raised = T.Instant.fromEpochMilliseconds(ms);
        const { steps, thenAt } = ladderOf(raised, acute, deliveredWorld(organisation));
        expect(steps.map(({ step }) => step)).toEqual(acute ? [2, 3, 4] : [1, 2, 3, 4]);
        let at = raised;
        for (const { startsAt, alarmsAt, endsAt } of steps) {
          expect(startsAt.equals(at)).toBe(true);
          for (const next of [...alarmsAt, endsAt]) {
            expect(isAfter(next, at)).toBe(true);
            at = next;
          }
        }
        for (const next of thenAt) {
          expect(isAfter(next, at)).toBe(true);
          at = next;
        }
      }),
    );
  });

  it('is data: another municipality has other steps', () => {
    const [first] = ladderSteps(organisation, false);
    if (!first) throw new Error('the training organisation has lost its ladder');
    const own = { ...organisation, ladder: [{ ...first, within: 1 }] };
    const { steps, thenAt } = ladderCase(ladderOf(instant('2026-11-02T10:00:00+01:00'), false, deliveredWorld(own)));
    expect(steps).toEqual([
      {
        step: 1,
        startsAt: '2026-11-02T10:00:00+01:00',
        alarmsAt: ['2026-11-03T08:00:00+01:00'],
        endsAt: '2026-11-03T23:59:59+01:00',
      },
    ]);
    expect(thenAt[0]).toBe('2026-11-04T08:00:00+01:00');
    expect(ladderOf(instant('2026-11-02T10:00:00+01:00'), false, deliveredWorld({ ...own, ladder: [] }))).toEqual({
      steps: [],
      thenAt: [],
    });
  });

  it('explains a step like any other deadline', () => {
    const [first] = ladderSteps(organisation, true);
    if (!first) throw new Error('the training organisation has lost its acute ladder');
    const { derivation } = stepClock(first, instant('2026-11-03T09:00:00+01:00'), true, deliveredWorld(organisation));
    expect(explain(derivation).da[0]).toBe('Trin 2 på stigen: 4 timer.');
    expect(calendarOf(organisation)).toBe(calendarOf(organisation));
  });
});
