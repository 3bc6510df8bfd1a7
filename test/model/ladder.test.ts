import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alarmClockOf } from '#domain/alarm-mails.ts';
import { nextAlarm } from '#domain/alarms.ts';
import type { Clock } from '#domain/deadlines.ts';
import { ladderSteps, reminderAfter } from '#domain/ladder.ts';
import { changeLadderPriority, firstStep, nextStep } from '#domain/ladder-step.ts';
import { world } from '#test/support/referral.ts';
import { times } from '#test/support/size.ts';
import { nextChase } from './alarms.ts';
import { MINUTE } from './days.ts';
import { anyInstant, asText, inMs, toInstant } from './instants.ts';
import { alarmsOfRung, climb, type Rung, toAcute, toOrdinary } from './ladder.ts';

const { organisation, calendar } = world;

/** A ladder as the product keeps it: the state of the dispute and the clock of its step. */
type OnLadder = Parameters<typeof nextStep>[0];
type Product = { readonly dispute: OnLadder; readonly clock: Clock };
type Model = { readonly rung: Rung; readonly acute: boolean };

const begun = (raised: number, acute: boolean): { product: Product; model: Model } => {
  const { step, clock } = firstStep(acute, toInstant(raised), world);
  const { startedAt, dueAt } = clock;
  const dispute: OnLadder = { acute, step, state: 'open', stepStartedAt: startedAt, stepEndsAt: dueAt };
  const [rung] = climb(raised, acute);
  if (!rung) throw new Error('a ladder without a step');
  return { product: { dispute, clock }, model: { rung, acute } };
};

const productUntil = (from: Product, until: number): Product => {
  let { dispute, clock } = from;
  for (;;) {
    if (inMs(dispute.stepEndsAt) > until) return { dispute, clock };
    const next = nextStep(dispute, dispute.stepEndsAt, world);
    if (next.do !== 'climb') return { dispute, clock };
    clock = next.clock;
    dispute = { ...dispute, step: next.step, stepStartedAt: next.startsAt, stepEndsAt: clock.dueAt };
  }
};

const modelUntil = ({ rung, acute }: Model, until: number): Model => {
  let now = rung;
  while (now.endsAt <= until && now.step < 4) {
    // The step that follows is the second one of a ladder that began at the present.
    now = climbFrom(now, acute);
  }
  return { rung: now, acute };
};

const climbFrom = (rung: Rung, acute: boolean): Rung => {
  const next = climb(rung.endsAt, acute, rung.step + 1)[0];
  if (!next) throw new Error('there is no further step');
  return next;
};

const changed = ({ product, model }: { product: Product; model: Model }, at: number) => {
  const acute = !model.acute;
  const { dispute, clock } = changeLadderPriority(product.dispute, acute, toInstant(at), world);
  return {
    product: { dispute, clock },
    model: { acute, rung: acute ? toAcute(model.rung, at) : toOrdinary(model.rung, at) },
  };
};

const told = (product: Product): string =>
  `${product.dispute.step} ${asText(inMs(product.dispute.stepStartedAt))} ${asText(inMs(product.dispute.stepEndsAt))}`;

/** What comes after `from` until the step's end, and three reminders if it is the last one. */
const alarmsInProduct = ({ dispute, clock }: Product, from: number): string[] => {
  const found: string[] = [];
  let at = toInstant(from);
  while (at.epochMilliseconds < inMs(clock.dueAt)) {
    const next = nextAlarm(alarmClockOf(clock), calendar, at);
    found.push(asText(inMs(next.at)));
    at = next.at;
  }
  if (dispute.step < 4) return found;
  for (let n = 0; n < 3; n++) {
    const next = nextStep(dispute, at, world);
    if (next.do !== 'remind') throw new Error('the last step goes on');
    found.push(asText(inMs(next.nextAt)));
    at = next.nextAt;
  }
  return found;
};

const alarmsInModel = ({ rung, acute }: Model, from: number): string[] => {
  const found = alarmsOfRung(rung)
    .map(({ at }) => at)
    .filter((at) => at > from);
  if (rung.step < 4) return found.map(asText);
  let at = Math.max(rung.endsAt, from);
  for (let n = 0; n < 3; n++) {
    at = nextChase(rung.endsAt, acute ? 'elapsed hours' : 'workdays', at);
    found.push(at);
  }
  return found.map(asText);
};

describe('against the slow model, 2015–2045', () => {
  it('a ladder that is left alone climbs, alarms and reminds when it says', () => {
    fc.assert(
      fc.property(anyInstant, fc.boolean(), (raised, acute) => {
        let { product, model } = begun(raised, acute);
        for (const rung of climb(raised, acute)) {
          product = productUntil(product, rung.startsAt);
          model = { rung, acute };
          expect(told(product)).toBe(`${rung.step} ${asText(rung.startsAt)} ${asText(rung.endsAt)}`);
          expect(alarmsInProduct(product, rung.startsAt)).toEqual(alarmsInModel(model, rung.startsAt));
        }
      }),
      { numRuns: times(200, 6_000) },
    );
  });

  it('a matter that becomes acute and ordinary again, as often as people like, keeps to the rules', () => {
    const turns = fc.array(fc.oneof(fc.nat(300), fc.nat(10 * 24 * 60)), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(anyInstant, fc.boolean(), turns, (raised, acute, minutes) => {
        let both = begun(raised, acute);
        let at = raised;
        for (const wait of minutes) {
          at += wait * MINUTE;
          both = changed({ product: productUntil(both.product, at), model: modelUntil(both.model, at) }, at);
          const { product, model } = both;
          expect(told(product)).toBe(`${model.rung.step} ${asText(model.rung.startsAt)} ${asText(model.rung.endsAt)}`);
          expect(alarmsInProduct(product, at)).toEqual(alarmsInModel(model, at));
        }
      }),
      { numRuns: times(200, 6_000) },
    );
  });

  it('reminders of the last step have the period of the ladder’s own data', () => {
    for (const acute of [false, true]) {
      const last = ladderSteps(organisation, acute).at(-1);
      if (!last) throw new Error('a ladder without a step');
      const due = toInstant(Date.UTC(2026, 2, 28, 21));
      expect(asText(inMs(reminderAfter(last, { startsAt: due, endedAt: due }, world, due)))).toBe(
        asText(nextChase(inMs(due), acute ? 'elapsed hours' : 'workdays', inMs(due))),
      );
    }
  });
});
