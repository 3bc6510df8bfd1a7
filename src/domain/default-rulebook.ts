import { CODES } from './default-codes.ts';
import { TEMPLATES } from './default-templates.ts';
import type { Period, Reference, Rule, Rulebook, RuleStatus } from './rulebook.ts';

const hours = (n: number): Period => ({ n, unit: 'elapsed hours' });
const workdays = (n: number): Period => ({ n, unit: 'workdays' });
const months = (n: number): Period => ({ n, unit: 'months' });
const law = (paragraph: string, status: RuleStatus = 'law'): Reference => ({ law: 'barnets lov', paragraph, status });
const old = (paragraph: string, status: RuleStatus = 'law'): Reference => ({ law: 'serviceloven', paragraph, status });
const misdirected: Reference = { law: 'forvaltningsloven', paragraph: '§ 7, stk. 2', status: 'recalled' };
const POLICY_SOURCE = 'kommunens standardfrister (policy-default)';
const policy = (period: Period, acute?: Period): Rule => ({
  paragraph: null,
  period,
  ...(acute ? { acute } : {}),
  runsFrom: 'act',
  status: 'policy',
  source: POLICY_SOURCE,
});

/**
 * Law and policy as they are installed where nothing else is. A jurist checks paragraphs and periods before go-live;
 * `status` says which of them have been read in the text itself.
 */
export const RULEBOOK: Rulebook = {
  laws: [
    {
      id: 'serviceloven',
      name: 'serviceloven',
      from: null,
      duties: {
        'assess-24h': {
          paragraph: '§ 155',
          period: hours(24),
          runsFrom: 'received',
          status: 'law',
          source:
            'serviceloven § 155: alle underretninger vurderes inden for 24 timer; stykket er gengivet efter hukommelsen',
        },
        receipt: {
          paragraph: '§ 155 b',
          period: { n: 6, unit: 'hverdage' },
          secondary: 'workdays',
          runsFrom: 'received',
          status: 'recalled',
          source:
            'serviceloven § 155 b: kvittering inden 6 hverdage; paragraffens nummer er gengivet efter hukommelsen',
        },
        investigation: {
          paragraph: '§ 50',
          period: months(4),
          runsFrom: 'received',
          status: 'law',
          source: 'serviceloven § 50: undersøgelsen er færdig inden 4 måneder; regnes fra modtagelsen',
        },
        'follow-up': {
          paragraph: '§ 70',
          period: months(3),
          again: months(6),
          runsFrom: 'act',
          status: 'law',
          source: 'serviceloven § 70: første opfølgning efter 3 måneder, derefter hver 6. måned',
        },
      },
      references: {
        move: old('§ 152'),
        professionals: old('§ 153'),
        citizens: old('§ 154'),
        handling: old('§ 155'),
        're-assessment': old('§ 155 a'),
        feedback: old('§ 155 b', 'recalled'),
        investigation: old('§ 50'),
        'investigation-mandatory': old('§ 50, § 50 b'),
        'follow-up': old('§ 70'),
        misdirected,
      },
    },
    {
      id: 'barnets-lov-2024',
      name: 'barnets lov',
      from: '2024-01-01',
      duties: {
        'assess-24h': {
          paragraph: '§ 136',
          period: hours(24),
          runsFrom: 'received',
          status: 'law',
          source:
            'barnets lov § 136: alle underretninger vurderes inden for 24 timer; stykket er gengivet efter hukommelsen',
        },
        receipt: {
          paragraph: '§ 138',
          period: { n: 6, unit: 'hverdage' },
          secondary: 'workdays',
          runsFrom: 'received',
          status: 'recalled',
          source: 'barnets lov § 138: kvittering inden 6 hverdage; paragraffens nummer er gengivet efter hukommelsen',
        },
        investigation: {
          paragraph: '§ 20, stk. 3',
          period: months(4),
          runsFrom: 'received',
          status: 'law',
          source: 'barnets lov § 20, stk. 3: undersøgelsen er færdig inden 4 måneder; regnes fra modtagelsen',
        },
        'follow-up': {
          paragraph: '§ 95',
          period: months(3),
          again: months(6),
          runsFrom: 'act',
          status: 'law',
          source:
            'barnets lov § 95: første opfølgning efter 3 måneder; derefter kommunens valg, som standard hver 6. måned',
        },
      },
      references: {
        move: law('§ 132'),
        professionals: law('§ 133'),
        citizens: law('§ 135'),
        handling: law('§ 136'),
        're-assessment': law('§ 137'),
        feedback: law('§ 138', 'recalled'),
        screening: law('§ 18'),
        'preventive-offer': law('§ 30', 'recalled'),
        'limited-examination': law('§ 19'),
        investigation: law('§ 20'),
        'investigation-mandatory': law('§ 20, stk. 1, § 124'),
        'honour-risk': law('§ 18, stk. 3'),
        'follow-up': law('§ 95'),
        misdirected,
      },
    },
  ],
  policies: [
    {
      id: 'policy-default',
      from: null,
      clocks: {
        acknowledge: policy(workdays(1), hours(1)),
        handover: policy(workdays(2), hours(4)),
        feedback: policy(workdays(5)),
        reassess: policy(workdays(5), hours(24)),
        'request-for-more': policy(workdays(5), hours(4)),
        partshoring: policy({ n: 14, unit: 'days' }),
      },
      returnCheckOpeningHours: 4,
      leastOpeningHours: 2,
      callAfterMinutes: 15,
      pauseAtMost: { days: 10, hours: 24 },
    },
  ],
  alarms: {
    opensAt: '08:00',
    hourParts: { quarter: 4, half: 2 },
    halfPart: 2,
    earlyPart: 5,
    chaseDays: workdays(1),
    chaseHours: hours(4),
  },
  alarmChanges: [],
  feedback: [
    {
      id: 'feedback-default',
      from: null,
      // Limited examination (§ 19) stays off until a jurist confirms that it may be told.
      vocabulary: { investigation: true, 'limited-examination': false, supportive: true, placement: true },
      municipalities: false,
      status: 'recalled',
      source: 'barnets lov § 138; ordvalget er kommunens og efterprøves af en jurist',
    },
  ],
  templates: TEMPLATES,
  receipts: [
    {
      id: 'receipt-default',
      from: null,
      sent: 'at-once',
      latest: { hverdage: 4, at: '10:00' },
      status: 'policy',
      source: POLICY_SOURCE,
    },
  ],
  codes: CODES,
  reassessed: [
    {
      id: 'reassessed-serviceloven',
      from: null,
      paragraphs: ['§ 52'],
      status: 'recalled',
      source: 'serviceloven § 155 a; listen er gengivet efter hukommelsen',
    },
    {
      id: 'reassessed-2024-01-01',
      from: '2024-01-01',
      // Widened in 2025; its words were not seen, so a jurist adds that version.
      paragraphs: ['§ 32', '§ 46', '§ 47', '§ 67'],
      status: 'recalled',
      source: 'barnets lov § 137; listen er gengivet efter hukommelsen og blev udvidet i 2025',
    },
  ],
};
