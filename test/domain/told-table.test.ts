import { expect, test } from 'vitest';
import type { LegalBasis } from '#domain/codes.ts';
import { RULEBOOK } from '#domain/default-rulebook.ts';
import { type FeedbackAsked, feedbackFor, type Stage, type Tier } from '#domain/feedback.ts';
import type { Outcome } from '#domain/outcomes.ts';
import { feedbackPolicyAt, templateAt } from '#domain/rulebook.ts';
import { RECEIVED } from '#test/support/referral.ts';

/*
 * Who × stage × circumstance → the exact sentences, in both languages. The whole table is written out, so that a change
 * of one rule shows in every row that it touches.
 */
const template = templateAt(RULEBOOK, RECEIVED);
const policy = feedbackPolicyAt(RULEBOOK, RECEIVED);

const SAID = {
  received: [
    'Vi modtog din underretning mandag den 2. november 2026 kl. 09.00.',
    'We received your notification on Monday 2 November 2026 at 09:00.',
  ],
  investigation: ['Der er sat en børnefaglig undersøgelse i gang.', 'An investigation has been started.'],
  examination: ['Der er sat en afdækning i gang.', 'A limited examination has been started.'],
  supportive: ['Der er sat en støttende indsats i gang.', 'A supportive measure has been started.'],
  placement: ['Der er sat en anbringelse i gang.', 'A placement has been started.'],
  none: [
    'Der er på nuværende tidspunkt ikke sat en børnefaglig undersøgelse eller en indsats i gang.',
    'No investigation and no measure has been started at present.',
  ],
  unnamed: ['Kommunen har behandlet din underretning.', 'The municipality has dealt with your notification.'],
  respite: ['Indsatsen er: Aflastning, planlagt til 3 måneder.', 'The measure is: Respite care, planned for 3 months.'],
  foster: [
    'Indsatsen er: Anbringelse i plejefamilie, varigheden er ikke fastlagt.',
    'The measure is: Placement in a foster family, its duration is not set.',
  ],
  call: ['Vi vil gerne tale med dig. Ring til os.', 'We would like to talk to you. Please call us.'],
  meeting: [
    'Vi foreslår et møde med dig. Ring til os for at aftale et tidspunkt.',
    'We propose a meeting with you. Please call us to agree on a time.',
  ],
  withheld: [
    'Kommunen har behandlet din underretning. Vi kan ikke fortælle mere.',
    'The municipality has dealt with your notification. We cannot tell you more.',
  ],
  contact: [
    'Har du spørgsmål, kan du ringe til Socialforvaltningen på +45 00 00 90 00.',
    'If you have questions, call Social Services on +45 00 00 90 00.',
  ],
} as const satisfies Readonly<Record<string, readonly [string, string]>>;
type Said = keyof typeof SAID;

const at = RECEIVED.add({ hours: 30 });
const stage = (outcomes: readonly Outcome[], types: readonly ('respite' | 'foster-family')[] = []): Stage => ({
  decisions: outcomes.map((outcome) => ({ outcome, at })),
  measures: types.map((type) => ({ type, plannedMonths: type === 'respite' ? 3 : null, startedAt: at })),
});

const STAGES = {
  'nothing decided': stage([]),
  nothing: stage(['nothing']),
  'preventive offer': stage(['preventive']),
  '§ 19': stage(['limited-examination']),
  '§ 20': stage(['investigation']),
  'immediate measure': stage(['immediate-measure']),
  respite: stage(['preventive'], ['respite']),
  foster: stage(['immediate-measure'], ['foster-family']),
  'all of it': stage(['limited-examination', 'investigation'], ['foster-family', 'respite']),
} as const;
type StageName = keyof typeof STAGES;

/** Of a professional, by stage: tier 1, and what tier 2 adds where it matters for their own work. */
const PROFESSIONAL: Readonly<Record<StageName, { readonly one: readonly Said[]; readonly two: readonly Said[] }>> = {
  'nothing decided': { one: ['received'], two: [] },
  nothing: { one: ['none'], two: [] },
  'preventive offer': { one: ['none'], two: [] },
  '§ 19': { one: ['none'], two: [] },
  '§ 20': { one: ['investigation'], two: [] },
  'immediate measure': { one: ['none'], two: [] },
  respite: { one: ['supportive'], two: ['respite'] },
  foster: { one: ['placement'], two: ['foster'] },
  'all of it': { one: ['investigation', 'supportive', 'placement'], two: ['respite', 'foster'] },
};

const CIRCUMSTANCES = {
  plain: {},
  'matters for their work': { material: true },
  withheld: { withheld: true },
  'withheld though it matters': { withheld: true, material: true },
  'with a call and a meeting': { choices: ['meeting', 'call-me'] },
  'other municipalities are told too': { policy: { ...policy, municipalities: true } },
  '§ 19 is told too': {
    policy: { ...policy, vocabulary: { ...policy.vocabulary, 'limited-examination': true } },
  },
  'placements are not named': { policy: { ...policy, vocabulary: { ...policy.vocabulary, placement: false } } },
} as const satisfies Readonly<Record<string, Partial<FeedbackAsked>>>;
type Circumstance = keyof typeof CIRCUMSTANCES;

const NOTIFIERS = [
  'professional',
  'municipality',
  'citizen',
  'anonymous',
  null,
] as const satisfies readonly (LegalBasis | null)[];

const owed = (basis: LegalBasis | null, circumstance: Circumstance): boolean =>
  basis === 'professional' || (basis === 'municipality' && circumstance === 'other municipalities are told too');

/** The table, read out: tier and sentences of one cell. */
const cell = (basis: LegalBasis | null, name: StageName, circumstance: Circumstance): [Tier | null, Said[]] => {
  if (basis === null || basis === 'anonymous') return [null, []];
  const { one, two } = PROFESSIONAL[name];
  if (!owed(basis, circumstance) || name === 'nothing decided') return [0, ['received', 'contact']];
  if (circumstance.startsWith('withheld')) return ['withheld', ['withheld', 'contact']];
  if (circumstance === 'matters for their work') return [two.length > 0 ? 2 : 1, [...one, ...two, 'contact']];
  if (circumstance === 'with a call and a meeting') return [1, [...one, 'call', 'meeting', 'contact']];
  if (circumstance === '§ 19 is told too') {
    if (name === '§ 19') return [1, ['examination', 'contact']];
    if (name === 'all of it') return [1, ['investigation', 'examination', 'supportive', 'placement', 'contact']];
  }
  if (circumstance === 'placements are not named') {
    if (name === 'foster') return [1, ['unnamed', 'contact']];
    if (name === 'all of it') return [1, ['investigation', 'supportive', 'contact']];
  }
  return [1, [...one, 'contact']];
};

const CELLS = NOTIFIERS.flatMap((basis) =>
  (Object.keys(STAGES) as StageName[]).flatMap((name) =>
    (Object.keys(CIRCUMSTANCES) as Circumstance[]).map((circumstance) => ({ basis, name, circumstance })),
  ),
);

test('the table has every cell', () => {
  expect(CELLS).toHaveLength(5 * 9 * 8);
});

test.each(CELLS)('$basis, $name, $circumstance', ({ basis, name, circumstance }) => {
  const plan = feedbackFor({
    basis,
    receivedAt: RECEIVED,
    contact: { department: { da: 'Socialforvaltningen', en: 'Social Services' }, phone: '+45 00 00 90 00' },
    stage: STAGES[name],
    policy,
    template,
    measureTypes: RULEBOOK.codes.measures,
    material: false,
    withheld: false,
    choices: [],
    ...CIRCUMSTANCES[circumstance],
  });
  const [tier, said] = cell(basis, name, circumstance);
  expect(plan.tier).toBe(tier);
  expect(plan.told.map(({ da, en }) => [da, en])).toEqual(said.map((one) => SAID[one]));
  expect(plan.needsReason).toBe(tier === 2 || tier === 'withheld');
  expect(plan.needsApproval).toBe(tier === 'withheld');
});
