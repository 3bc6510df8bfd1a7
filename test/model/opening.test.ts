import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { actsNow as actsInProduct } from '#domain/acting.ts';
import type { Calendar } from '#domain/calendar.ts';
import * as product from '#domain/opening-hours.ts';
import type { Unit } from '#domain/organisation.ts';
import { deliverAt } from '#domain/quiet-hours.ts';
import { world } from '#test/support/referral.ts';
import { times } from '#test/support/size.ts';
import { actsNow } from './acting.ts';
import { atWall, dateText, dayOf, HOUR, MINUTE } from './days.ts';
import { anyMinute, asText, inMs, toInstant } from './instants.ts';
import { afterOpenTime, type Hours, isOpen, mailedAt, nextClosing, openFrom, openTime, type Span } from './opening.ts';

const { organisation } = world;
const CASE_UNIT = 'bbu-norrebro';

/** Quarters of an hour; none begins or ends in the hour that one night skips and another has twice. */
const quarter = fc.integer({ min: 0, max: 96 }).filter((at) => at <= 8 || at >= 12);
const spans: fc.Arbitrary<readonly Span[]> = fc
  .uniqueArray(quarter, { minLength: 0, maxLength: 6 })
  .map((all) => all.toSorted((a, b) => a - b))
  .map((all) => all.slice(0, all.length - (all.length % 2)))
  .map((all) => Array.from({ length: all.length / 2 }, (_, n) => [(all[2 * n] ?? 0) * 15, (all[2 * n + 1] ?? 0) * 15]));
const anyWeek: fc.Arbitrary<readonly (readonly Span[])[]> = fc
  .array(spans, { minLength: 7, maxLength: 7 })
  .filter((week) => week.slice(0, 5).filter((day) => day.length > 0).length >= 3);
const ordinary = (to: number): readonly Span[] => [[8 * 60, to * 60]];
const TRAINING = [...[16, 16, 16, 17, 15].map(ordinary), [], []];
const week = fc.oneof(fc.constant(TRAINING), anyWeek);

const time = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
const asData = (days: readonly (readonly Span[])[]): Unit['hours'] =>
  Object.fromEntries(days.map((day, n) => [n + 1, day.map(([from, to]) => ({ from: time(from), to: time(to) }))]));
/** Often exactly when an ordinary week opens or closes. */
const atOpening = fc.oneof(
  anyMinute,
  fc.tuple(anyMinute, fc.constantFrom(8, 15, 16, 17)).map(([at, hour]) => atWall(dayOf(at), hour * 60)),
);
/** How many days after the instant that is asked about, and what holds there instead of the week; often nothing at all. */
const except = fc.tuple(fc.integer({ min: 0, max: 4 }), fc.oneof(spans, fc.constant([])));
const withException = (on: string, periods: readonly Span[]): Calendar => {
  const data = periods.map(([from, to]) => ({ from: time(from), to: time(to) }));
  const exception = { id: 'x', units: [CASE_UNIT], from: on, to: on, periods: data, reason: 'r', source: 's' };
  return { ...world.calendar, exceptions: [exception] };
};
const unitWith = (hours: Unit['hours']): Unit => {
  const unit = organisation.units.get(CASE_UNIT);
  if (!unit) throw new Error('the training organisation has lost a unit');
  return { ...unit, hours };
};

describe('against the slow model, minute by minute, 2015–2045', () => {
  it('a unit is open, opens, closes and has been open for so long when it says; mail waits for its opening', () => {
    const asked = fc.record({
      week,
      except,
      at: atOpening,
      length: fc.nat(3 * 24 * 60),
      open: fc.integer({ min: 1, max: 900 }),
    });
    fc.assert(
      fc.property(asked, ({ week, except: [before, periods], at, length, open }) => {
        const unit = unitWith(asData(week));
        const on = dateText(dayOf(at) + before);
        const hours: Hours = { week, except: { [on]: periods } };
        const calendar = withException(on, periods);
        const [from, until] = [toInstant(at), toInstant(at + length * MINUTE)];
        const nextClose = product.nextClosing(unit, calendar, from);
        expect({
          open: product.isOpen(unit, calendar, from),
          opens: asText(inMs(product.nextOpening(unit, calendar, from))),
          closes: nextClose && asText(inMs(nextClose)),
          during: product.openTimeBetween(unit, calendar, from, until),
          after: asText(inMs(product.afterOpenTime(unit, calendar, from, open * MINUTE))),
          waits: asText(inMs(deliverAt({ unit, calendar, now: from, exempt: false }))),
          leaves: asText(inMs(deliverAt({ unit, calendar, now: from, exempt: true }))),
        }).toEqual({
          open: isOpen(hours, at),
          opens: asText(openFrom(hours, at)),
          closes: asText(nextClosing(hours, at)),
          during: openTime(hours, at, at + length * MINUTE),
          after: asText(afterOpenTime(hours, at, open * MINUTE)),
          waits: asText(mailedAt(hours, at, true)),
          leaves: asText(at),
        });
      }),
      { numRuns: times(100, 6_000) },
    );
  });

  it('the duty unit acts for a unit exactly when rules a and b say so', () => {
    const asked = fc.record({
      week,
      received: anyMinute,
      late: fc.integer({ min: 0, max: 30 * 60 }),
      acute: fc.boolean(),
    });
    fc.assert(
      fc.property(asked, ({ week, received, late, acute }) => {
        const at = received + late * MINUTE;
        const units = new Map(organisation.units).set(CASE_UNIT, unitWith(asData(week)));
        const assessBy = toInstant(received + 24 * HOUR);
        const facts = { responsible: CASE_UNIT, acute, assessBy, assessed: false, at: toInstant(at) };
        expect(actsInProduct(facts, { ...world, organisation: { ...organisation, units } }).as).toBe(
          actsNow({ received, at, acute }, { week }),
        );
      }),
      { numRuns: times(300, 10_000) },
    );
  });
});
