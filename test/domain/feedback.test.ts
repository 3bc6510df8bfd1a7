import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LEGAL_BASES, type LegalBasis } from '#domain/codes.ts';
import { RULEBOOK } from '#domain/default-rulebook.ts';
import { type FeedbackAsked, feedbackFor, type Stage } from '#domain/feedback.ts';
import { FEEDBACK_CHOICE_CODES } from '#domain/feedback-policy.ts';
import { OUTCOME_CODES } from '#domain/outcomes.ts';
import { feedbackPolicyAt, templateAt } from '#domain/rulebook.ts';
import { type Instant, instant } from '#domain/time.ts';
import { CLOCK_NAMES, EVENT_NAMES } from '#domain/timeline.ts';
import { trainingOrganisation } from '#test/support/organisation.ts';
import { RECEIVED } from '#test/support/referral.ts';

const MEASURE_TYPES = RULEBOOK.codes.measures;
const policy = feedbackPolicyAt(RULEBOOK, RECEIVED);
const template = templateAt(RULEBOOK, RECEIVED);
const DAY = instant('2026-11-04T10:00:00+01:00');
const contact = { department: { da: 'Socialforvaltningen', en: 'Social Services' }, phone: '+45 00 00 90 00' };
const stage = (outcomes: Stage['decisions'][number]['outcome'][], measures: Stage['measures'] = []): Stage => ({
  decisions: outcomes.map((outcome) => ({ outcome, at: DAY })),
  measures,
});
const ask = (over: Partial<FeedbackAsked> = {}) =>
  feedbackFor({
    basis: 'professional',
    receivedAt: RECEIVED,
    contact,
    stage: stage(['nothing']),
    policy,
    template,
    measureTypes: RULEBOOK.codes.measures,
    material: false,
    withheld: false,
    choices: [],
    ...over,
  });
const told = (over: Partial<FeedbackAsked> = {}) => ask(over).told.map(({ da }) => da);

const CALL = 'Har du spørgsmål, kan du ringe til Socialforvaltningen på +45 00 00 90 00.';
const NONE = 'Der er på nuværende tidspunkt ikke sat en børnefaglig undersøgelse eller en indsats i gang.';
const INVESTIGATION = 'Der er sat en børnefaglig undersøgelse i gang.';
const SUPPORT = 'Der er sat en støttende indsats i gang.';
const PLACEMENT = 'Der er sat en anbringelse i gang.';
const family = { type: 'family-treatment', plannedMonths: 6, startedAt: DAY } as const;
const foster = { type: 'foster-family', plannedMonths: null, startedAt: DAY } as const;

test.each([
  ['nothing', stage(['nothing']), [NONE]],
  ['a preventive offer not yet started', stage(['preventive']), [NONE]],
  ['§ 19, which is not told', stage(['limited-examination']), [NONE]],
  ['§ 20', stage(['investigation']), [INVESTIGATION]],
  ['§ 19, then § 20', stage(['limited-examination', 'investigation']), [INVESTIGATION]],
  ['immediate measure not yet started', stage(['immediate-measure']), [NONE]],
  ['a supportive measure', stage(['preventive'], [family]), [SUPPORT]],
  [
    'investigation, support and placement',
    stage(['investigation'], [foster, family]),
    [INVESTIGATION, SUPPORT, PLACEMENT],
  ],
])('tier 1: %s', (_name, at, sentences) => {
  expect(ask({ stage: at })).toMatchObject({ tier: 1, needsReason: false, needsApproval: false });
  expect(told({ stage: at })).toEqual([...sentences, CALL]);
});

test('tier 2 adds type and planned duration, and needs a reason', () => {
  const both = stage(['investigation'], [foster, family]);
  expect(ask({ stage: both, material: true })).toMatchObject({ tier: 2, needsReason: true, needsApproval: false });
  expect(told({ stage: both, material: true })).toEqual([
    INVESTIGATION,
    SUPPORT,
    PLACEMENT,
    'Indsatsen er: Familiebehandling, planlagt til 6 måneder.',
    'Indsatsen er: Anbringelse i plejefamilie, varigheden er ikke fastlagt.',
    CALL,
  ]);
  expect(ask({ stage: stage(['investigation']), material: true })).toMatchObject({ tier: 1, needsReason: false });
});

test('withheld says that nothing more can be told, whatever the stage', () => {
  const plans = [stage(['nothing']), stage(['investigation'], [foster])].map((at) =>
    ask({ stage: at, withheld: true }),
  );
  expect(plans[0]).toEqual(plans[1]);
  expect(plans[0]).toMatchObject({ tier: 'withheld', needsReason: true, needsApproval: true });
  expect(told({ withheld: true })).toEqual([
    'Kommunen har behandlet din underretning. Vi kan ikke fortælle mere.',
    CALL,
  ]);
});

test('choices add their own sentences, once and in a fixed order', () => {
  expect(told({ choices: ['meeting', 'call-me', 'meeting'] })).toEqual([
    NONE,
    'Vi vil gerne tale med dig. Ring til os.',
    'Vi foreslår et møde med dig. Ring til os for at aftale et tidspunkt.',
    CALL,
  ]);
});

test.each([
  ['professional', 1, 2],
  ['municipality', 0, 2],
  ['citizen', 0, 2],
  ['anonymous', null, 0],
  [null, null, 0],
] as const)('%s: tier %s', (basis, tier, sentences) => {
  const plan = ask({ basis, stage: stage(['investigation']) });
  expect([plan.tier, plan.told.length]).toEqual([tier, sentences]);
});

test('before anything is decided a professional is told no more than a citizen', () => {
  const none = stage([]);
  expect(ask({ stage: none, material: true, withheld: true })).toEqual(ask({ stage: none, basis: 'citizen' }));
  expect(told({ stage: none })[0]).toBe('Vi modtog din underretning mandag den 2. november 2026 kl. 09.00.');
});

test('other municipalities and § 19 are told only where policy data says so, and nothing untrue is said', () => {
  const open = { ...policy, municipalities: true, vocabulary: { ...policy.vocabulary, 'limited-examination': true } };
  expect(told({ basis: 'municipality', policy: open, stage: stage(['limited-examination']) })[0]).toBe(
    'Der er sat en afdækning i gang.',
  );
  const silent = { ...policy, vocabulary: { ...policy.vocabulary, placement: false } };
  expect(told({ policy: silent, stage: stage(['immediate-measure'], [foster]) })[0]).not.toBe(NONE);
});

const instants = fc.integer({ min: 0, max: 400 }).map((days): Instant => RECEIVED.add({ hours: days * 24 }));
const stages = fc.record({
  decisions: fc.array(fc.record({ outcome: fc.constantFrom(...OUTCOME_CODES), at: instants }), { maxLength: 5 }),
  measures: fc.array(
    fc.record({
      type: fc.constantFrom(...MEASURE_TYPES.map(({ code }) => code)),
      plannedMonths: fc.option(fc.integer({ min: 1, max: 24 })),
      startedAt: instants,
    }),
    { maxLength: 4 },
  ),
});
const asked = fc.record({
  basis: fc.option(fc.constantFrom(...LEGAL_BASES.map((row): LegalBasis => row.code))),
  stage: stages,
  material: fc.boolean(),
  withheld: fc.boolean(),
  choices: fc.array(fc.constantFrom(...FEEDBACK_CHOICE_CODES)),
});

test('whatever the case, only the sentences of the tier are told', () => {
  const always = new Set([CALL, ...FEEDBACK_CHOICE_CODES.map((code) => template.sentences[code].da)]);
  const tierOne = new Set([NONE, INVESTIGATION, SUPPORT, PLACEMENT]);
  const types = MEASURE_TYPES.map((type) => type.da);
  fc.assert(
    fc.property(asked, (one) => {
      const plan = ask(one);
      for (const { da } of plan.told) {
        const details = types.some((name) => da.startsWith(`Indsatsen er: ${name}, `));
        if (plan.tier === 1) expect(always.has(da) || tierOne.has(da)).toBe(true);
        if (plan.tier === 2) expect(always.has(da) || tierOne.has(da) || details).toBe(true);
        if (plan.tier === 'withheld') expect(da === CALL || da.endsWith('Vi kan ikke fortælle mere.')).toBe(true);
        if (plan.tier === 0) expect(da === CALL || da.startsWith('Vi modtog din underretning ')).toBe(true);
      }
      expect(plan.tier !== null || plan.told.length === 0).toBe(true);
    }),
  );
});

test('no unit, date, stage or dispute is named above tier 0', () => {
  const { units, people } = trainingOrganisation();
  const names = [...units.values()].flatMap((unit) => [unit.name, unit.short, unit.phone, unit.email]);
  const titles = [...people.values()].flatMap((person) => [person.title, person.phone, person.email]);
  const lines = [...Object.values(EVENT_NAMES), ...Object.values(CLOCK_NAMES)].flatMap(({ da, en }) => [da, en]);
  // Staff titles are long; what a clock is called may be part of an ordinary sentence, as "investigation" is.
  const words = [
    'uenighed',
    'dispute',
    'overdrag',
    'hand-over',
    'frist',
    'deadline',
    'søskende',
    'sibling',
    'screening',
  ];
  const never = [...names, ...titles, ...words].filter(
    (text): text is string => typeof text === 'string' && text !== '',
  );
  const whole = new Set(lines);
  fc.assert(
    fc.property(asked, (one) => {
      const plan = ask({
        ...one,
        basis: 'professional',
        stage: { ...one.stage, decisions: [...one.stage.decisions, { outcome: 'nothing', at: DAY }] },
      });
      for (const sentence of plan.told.flatMap(({ da, en }) => [da, en])) {
        const bare = sentence.replace(contact.phone, '');
        expect(bare).not.toMatch(/\d{4}|\bkl\.|januar|november|mandag|Monday/);
        expect(whole.has(sentence)).toBe(false);
        const found = never.find((text) => bare.toLowerCase().includes(text.toLowerCase()));
        expect(found, sentence).toBeUndefined();
      }
    }),
  );
});

test('dates, order, repetition and § 19 change no word of it', () => {
  fc.assert(
    fc.property(asked, stages, fc.array(instants), (one, other, noise) => {
      const base = ask({ ...one, basis: 'professional' });
      const decisions = one.stage.decisions.map((d, at) => ({ ...d, at: noise[at] ?? other.decisions[0]?.at ?? d.at }));
      const limited = decisions.length > 0 ? [{ outcome: 'limited-examination' as const, at: DAY }] : [];
      const shuffled = {
        decisions: [...limited, ...decisions.toReversed(), ...decisions],
        measures: one.stage.measures.toReversed().map((m) => ({ ...m, startedAt: DAY })),
      };
      expect(ask({ ...one, basis: 'professional', stage: shuffled })).toEqual(base);
    }),
  );
});

test('tier 1 is a function of what was started alone: types and durations do not shine through', () => {
  fc.assert(
    fc.property(stages, fc.constantFrom(...MEASURE_TYPES), (one, type) => {
      const started = { ...one, decisions: [...one.decisions, { outcome: 'nothing' as const, at: DAY }] };
      const same = MEASURE_TYPES.find(({ group }) => group === type.group) ?? type;
      const as = ({ code }: typeof type) => ({
        ...started,
        measures: started.measures.map((m) => ({ ...m, type: code, plannedMonths: code === type.code ? 3 : null })),
      });
      expect(ask({ stage: as(type) })).toEqual(ask({ stage: as(same) }));
    }),
  );
});
