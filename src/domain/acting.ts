import type { Reason } from './errors.ts';
import { isOpen, openTimeBetween } from './opening-hours.ts';
import type { Unit } from './organisation.ts';
import { dutyUnit, unitOf } from './organisation-tree.ts';
import type { TraceEntry } from './routing-facts.ts';
import { policyAt } from './rulebook.ts';
import { type Instant, isBefore, localDay } from './time.ts';
import { WHY } from './trace-words.ts';
import type { World } from './world.ts';

/** `assessBy`: the end of the 24 hours, counted from receipt. `assessed`: the 24-hour assessment has been made. */
export type ActingFacts = {
  /** Id of the responsible unit. */
  readonly responsible: string;
  readonly acute: boolean;
  readonly assessBy: Instant;
  readonly assessed: boolean;
  readonly at: Instant;
};

/**
 * `provisional owner`: the duty unit owns until the responsible unit opens. `assessment task`: it makes the
 * 24-hour assessment, and the responsible unit stays owner. `owner`: the responsible unit itself.
 */
export type ActingNow = {
  readonly unit: string;
  readonly as: 'owner' | 'provisional owner' | 'assessment task';
  readonly rule: 'a' | 'b' | 'open' | null;
  readonly trace: readonly TraceEntry[];
};

const HOUR_MS = 60 * 60 * 1000;

type Scene = ActingFacts & {
  readonly unit: Unit;
  readonly duty: Unit;
  readonly open: boolean;
  readonly openMs: number;
  readonly leastHours: number;
};
type Rule = {
  readonly rule: 'a' | 'b' | 'open';
  readonly name: string;
  readonly matches: (scene: Scene) => boolean;
  readonly acts: (scene: Scene) => Pick<ActingNow, 'unit' | 'as'>;
  /** Why, when it matches and when it does not. */
  readonly why: (leastHours: number) => readonly [matched: Reason, not: Reason];
};

/** First match wins; none: the responsible unit acts as owner. */
const RULES: readonly Rule[] = [
  {
    rule: 'a',
    name: 'acute-while-closed',
    matches: ({ acute, open }) => acute && !open,
    acts: ({ duty }) => ({ unit: duty.id, as: 'provisional owner' }),
    why: () => [WHY['acute-and-closed'], WHY['not-acute-or-open']],
  },
  {
    rule: 'open',
    name: 'late-registration',
    matches: ({ acute, assessed, at, assessBy }) => !acute && !assessed && !isBefore(at, assessBy),
    acts: ({ unit, duty, open }) => (open ? { unit: unit.id, as: 'owner' } : { unit: duty.id, as: 'assessment task' }),
    why: () => [WHY['assess-at-once'], WHY['hours-not-over']],
  },
  {
    rule: 'b',
    name: 'too-few-opening-hours',
    matches: ({ acute, assessed, openMs, leastHours }) => !acute && !assessed && openMs < leastHours * HOUR_MS,
    acts: ({ duty }) => ({ unit: duty.id, as: 'assessment task' }),
    why: (hours) => [
      {
        da: `Den ansvarlige enhed har under ${hours} timers åbningstid, før de 24 timer er gået`,
        en: `The responsible unit has less than ${hours} opening hours before the 24 hours end`,
      },
      WHY['opening-hours-enough'],
    ],
  },
];

/**
 * Who acts at `at` for a matter whose responsible unit is known. To be asked on arrival and again at each
 * closing of the responsible unit. Friday 13:30 with closing at 15:00 → the duty unit assesses (rule b).
 */
export function actsNow(facts: ActingFacts, { organisation, calendar, rulebook }: World): ActingNow {
  const unit = unitOf(organisation, facts.responsible);
  const duty = dutyUnit(organisation, localDay(facts.at));
  const owner = { unit: unit.id, as: 'owner', rule: null } as const;
  // The duty unit stands in for everybody and nobody for it.
  if (unit.id === duty.id) return { ...owner, trace: [] };
  const scene: Scene = {
    ...facts,
    unit,
    duty,
    open: isOpen(unit, calendar, facts.at),
    openMs: openTimeBetween(unit, calendar, facts.at, facts.assessBy),
    leastHours: policyAt(rulebook, facts.at).leastOpeningHours,
  };
  const trace: TraceEntry[] = [];
  for (const rule of RULES) {
    const matched = rule.matches(scene);
    const [yes, no] = rule.why(scene.leastHours);
    trace.push({ rule: rule.rule, name: rule.name, matched, why: matched ? yes : no });
    if (matched) return { ...rule.acts(scene), rule: rule.rule, trace };
  }
  return { ...owner, trace };
}
