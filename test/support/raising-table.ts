import type { Step } from './told-story.ts';

/**
 * rules.md, *Ownership, disputes, escalations*, sentence by sentence: what raises a dispute or an escalation, and beside
 * it what is nearly the same and raises none. The work is at Nørrebro: `taken` on Monday 09:00, or `received` then and
 * due to be acknowledged on Tuesday 23:59:59. `owners`: who has had it before, by moves that count unless said otherwise.
 */
export type Row = {
  readonly says: string;
  readonly from?: 'taken' | 'received';
  readonly acute?: true;
  readonly owners?: readonly (readonly [unit: string, how: string, counts: boolean])[];
  readonly story: readonly Step[];
  readonly open: 'dispute' | 'escalation of acknowledge' | 'escalation of handover' | 'nothing';
};

const [NORREBRO, VALBY, BCH, OST] = ['bbu-norrebro', 'bbu-valby', 'bch-modtagelsen', 'bbu-amager-ost'];
const offered: Step = ['Tue 10:00', 'propose', VALBY];
const refusedTo = (unit: string, at = 'Tue 11:00'): Step => [at, 'decline', unit];
const leftValby = [
  [VALBY, 'routed', false],
  [NORREBRO, 'accepted', true],
] as const;

export const SENTENCES: Readonly<Record<string, readonly Row[]>> = {
  'Hand-over: the sender stays owner until it is accepted': [
    { says: 'offered, not yet answered', story: [offered], open: 'nothing' },
    { says: 'accepted', story: [offered, ['Tue 11:00', 'accept']], open: 'nothing' },
  ],
  'Declining with a third unit named proposes the work to that unit at once': [
    { says: 'a third unit named', story: [offered, refusedTo(BCH)], open: 'nothing' },
    {
      says: 'and that unit is silent',
      story: [offered, refusedTo(BCH), ['Fri 09:00', 'look']],
      open: 'escalation of handover',
    },
  ],
  'Dispute: declined, and the unit named instead is the proposer': [
    { says: 'the proposer named', story: [offered, refusedTo(NORREBRO)], open: 'dispute' },
    { says: 'another named', story: [offered, refusedTo(OST)], open: 'nothing' },
    { says: 'withdrawn before it was answered', story: [offered, ['Tue 10:30', 'withdraw']], open: 'nothing' },
  ],
  'or when the unit named instead declines too': [
    { says: 'naming a fourth', story: [offered, refusedTo(BCH), refusedTo(OST, 'Tue 12:00')], open: 'dispute' },
    {
      says: 'naming the first receiver',
      story: [offered, refusedTo(BCH), refusedTo(VALBY, 'Tue 12:00')],
      open: 'dispute',
    },
    { says: 'accepts instead', story: [offered, refusedTo(BCH), ['Tue 12:00', 'accept']], open: 'nothing' },
    {
      says: 'a hand-over begun anew has nobody named before',
      story: [
        offered,
        refusedTo(BCH),
        ['Tue 12:00', 'withdraw'],
        ['Tue 12:30', 'propose', VALBY],
        refusedTo(OST, 'Tue 13:00'),
      ],
      open: 'nothing',
    },
  ],
  'or when work is proposed back to a unit that it has left and is not accepted within 4 opening hours': [
    { says: 'after 4 hours', owners: leftValby, story: [offered, ['Tue 14:00', 'look']], open: 'dispute' },
    { says: 'a second before', owners: leftValby, story: [offered, ['Tue 13:59:59', 'look']], open: 'nothing' },
    {
      says: 'accepted in time',
      owners: leftValby,
      story: [offered, ['Tue 13:00', 'accept'], ['Wed 10:00', 'look']],
      open: 'nothing',
    },
    {
      says: 'passed on in time',
      owners: leftValby,
      story: [offered, refusedTo(BCH, 'Tue 13:00'), ['Wed 10:00', 'look']],
      open: 'nothing',
    },
    { says: 'to a unit that never had it', story: [offered, ['Wed 10:00', 'look']], open: 'nothing' },
    {
      says: 'closed hours do not count: Friday 14:00 to Monday 11:00',
      owners: leftValby,
      story: [
        ['Fri 14:00', 'propose', VALBY],
        ['+1 Mon 11:00', 'look'],
      ],
      open: 'dispute',
    },
    {
      says: 'a second before on Monday',
      owners: leftValby,
      story: [
        ['Fri 14:00', 'propose', VALBY],
        ['+1 Mon 10:59:59', 'look'],
      ],
      open: 'nothing',
    },
  ],
  'Not counted as moves: hand-overs from the duty unit, by merger, by a changed address': [
    ...(['accepted', 'agreed', 'decided'] as const).map((how) => ({
      says: `left by a move that counts: ${how}`,
      owners: [
        [VALBY, 'routed', false],
        [NORREBRO, how, true],
      ] as const,
      story: [offered, ['Tue 14:00', 'look']] as const,
      open: 'dispute' as const,
    })),
    ...(['accepted', 'merged', 'split', 'corrected', 'opening'] as const).map((how) => ({
      says: `left by a move that does not: ${how === 'accepted' ? 'accepted from the duty unit' : how}`,
      owners: [
        [VALBY, 'routed', false],
        [NORREBRO, how, false],
      ] as const,
      story: [offered, ['Tue 14:00', 'look']] as const,
      open: 'nothing' as const,
    })),
  ],
  'or by hand by a party, with a reason': [
    { says: 'the owner says that it is another’s', story: [['Tue 10:00', 'raise', VALBY]], open: 'dispute' },
    {
      says: 'taken back by who raised it',
      story: [
        ['Tue 10:00', 'raise', VALBY],
        ['Tue 11:00', 'take back'],
      ],
      open: 'nothing',
    },
  ],
  'Accepting the hand-over in dispute settles it': [
    { says: 'accepted after all', story: [offered, refusedTo(NORREBRO), ['Wed 10:00', 'accept']], open: 'nothing' },
    {
      says: 'not accepted: it climbs',
      story: [offered, refusedTo(NORREBRO), ['+1 Wed 10:00', 'look']],
      open: 'dispute',
    },
  ],
  'Escalation: no acknowledgement by the end of its clock': [
    { says: 'at its end', from: 'received', story: [['Tue 23:59:59', 'look']], open: 'escalation of acknowledge' },
    { says: 'a second before', from: 'received', story: [['Tue 23:59:58', 'look']], open: 'nothing' },
    {
      says: 'acknowledged in time',
      from: 'received',
      story: [
        ['Tue 12:00', 'acknowledge'],
        ['Thu 10:00', 'look'],
      ],
      open: 'nothing',
    },
    {
      says: 'acute: one hour',
      from: 'received',
      acute: true,
      story: [['Mon 10:00', 'look']],
      open: 'escalation of acknowledge',
    },
    {
      says: 'acute: a second before',
      from: 'received',
      acute: true,
      story: [['Mon 09:59:59', 'look']],
      open: 'nothing',
    },
    {
      says: 'accepting is acknowledging',
      from: 'received',
      story: [offered, ['Tue 12:00', 'accept'], ['Thu 10:00', 'look']],
      open: 'nothing',
    },
  ],
  'or no answer to a hand-over by the end of its clock': [
    { says: 'at its end', story: [offered, ['Thu 23:59:59', 'look']], open: 'escalation of handover' },
    { says: 'a second before', story: [offered, ['Thu 23:59:58', 'look']], open: 'nothing' },
    {
      says: 'declined is an answer',
      story: [offered, refusedTo(BCH, 'Thu 15:00'), ['Fri 10:00', 'look']],
      open: 'nothing',
    },
    {
      says: 'withdrawn: nothing is awaited',
      story: [offered, ['Wed 10:00', 'withdraw'], ['Fri 10:00', 'look']],
      open: 'nothing',
    },
    { says: 'acute: four hours', acute: true, story: [offered, ['Tue 14:00', 'look']], open: 'escalation of handover' },
    { says: 'acute: a second before', acute: true, story: [offered, ['Tue 13:59:59', 'look']], open: 'nothing' },
  ],
  'It ends when the awaited act is done or a decider names the owner': [
    {
      says: 'acknowledged late',
      from: 'received',
      story: [
        ['Wed 10:00', 'look'],
        ['Wed 11:00', 'acknowledge'],
      ],
      open: 'nothing',
    },
    {
      says: 'proposing it to another is not the awaited act',
      from: 'received',
      story: [
        ['Wed 10:00', 'look'],
        ['Wed 11:00', 'propose', VALBY],
      ],
      open: 'escalation of acknowledge',
    },
    { says: 'answered late', story: [offered, ['Fri 10:00', 'look'], ['Fri 11:00', 'accept']], open: 'nothing' },
    {
      says: 'decided: the owner has the time again',
      from: 'received',
      story: [
        ['Wed 10:00', 'look'],
        ['Fri 10:00', 'decide', NORREBRO],
        ['+1 Mon 10:00', 'look'],
      ],
      open: 'nothing',
    },
    {
      says: 'and is escalated again when that has passed',
      from: 'received',
      story: [
        ['Wed 10:00', 'look'],
        ['Fri 10:00', 'decide', NORREBRO],
        ['+1 Tue 10:00', 'look'],
      ],
      open: 'escalation of acknowledge',
    },
  ],
  'A referral and a hand-over have at most one open dispute or escalation': [
    {
      says: 'silence of both is one',
      from: 'received',
      story: [offered, ['Fri 10:00', 'look']],
      open: 'escalation of acknowledge',
    },
    {
      says: 'a dispute takes silence over',
      from: 'received',
      story: [offered, ['Wed 10:00', 'look'], refusedTo(NORREBRO, 'Wed 11:00')],
      open: 'dispute',
    },
    {
      says: 'raised by hand over silence',
      from: 'received',
      story: [
        ['Wed 10:00', 'look'],
        ['Wed 11:00', 'raise', VALBY],
      ],
      open: 'dispute',
    },
  ],
  'A hand-over in dispute does not escalate': [
    {
      says: 'in dispute by hand',
      story: [offered, ['Tue 11:00', 'raise', VALBY], ['Fri 10:00', 'look']],
      open: 'dispute',
    },
    {
      says: 'the dispute taken back, then silent',
      story: [offered, ['Tue 11:00', 'raise', VALBY], ['Tue 12:00', 'take back'], ['Fri 10:00', 'look']],
      open: 'escalation of handover',
    },
  ],
};
