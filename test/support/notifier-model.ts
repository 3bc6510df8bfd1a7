/*
 * What a notifier may learn, written down a second time and naively: from rules.md, Disclosure, not from the code. Each
 * sentence that tells something is known by its words; everything that is not admitted here is forbidden.
 */

export const TELLING = {
  investigation: ['Der er sat en børnefaglig undersøgelse i gang.', 'An investigation has been started.'],
  limited: ['Der er sat en afdækning i gang.', 'A limited examination has been started.'],
  supportive: ['Der er sat en støttende indsats i gang.', 'A supportive measure has been started.'],
  placement: ['Der er sat en anbringelse i gang.', 'A placement has been started.'],
  none: ['Der er på nuværende tidspunkt ikke sat', 'No investigation and no measure has been started'],
  unnamed: ['Kommunen har behandlet din underretning.', 'The municipality has dealt with your notification.'],
  withheld: ['Vi kan ikke fortælle mere.', 'We cannot tell you more.'],
  call: ['Vi vil gerne tale med dig.', 'We would like to talk to you.'],
  respite: ['Aflastning', 'Respite care'],
  'foster-family': ['plejefamilie', 'foster family'],
  ask: ['Vi vil gerne vide mere om det', 'We would like to know more about what'],
} as const satisfies Readonly<Record<string, readonly [string, string]>>;
export type Tellable = keyof typeof TELLING;

export type Measure = 'respite' | 'foster-family';
const GROUPS = { respite: 'supportive', 'foster-family': 'placement' } as const;

/** Of one child: what was decided and started. */
export type Course = { outcomes: string[]; measures: Measure[] };

/** Tier 1, and with a reason in writing tier 2. An examination under § 19 is neither named nor denied. */
export const tierOf = ({ outcomes, measures }: Course, material: boolean): Tellable[] => {
  const started: Tellable[] = [
    ...(outcomes.includes('investigation') ? (['investigation'] as const) : []),
    ...measures.map((one) => GROUPS[one]),
  ];
  return [...(started.length > 0 ? started : (['none'] as const)), ...(material ? measures : [])];
};

export const makeModel = (admits: { owed: boolean; needsCheck: boolean }) => {
  const state = { ...admits, suspected: false };
  const seen = new Set<Tellable>();
  const maybe = new Set<Tellable>();
  let site: Tellable[] = [];
  let letters: Tellable[] = [];
  let noticed = false;
  return {
    state,
    /** Given by somebody who was let: what they told is admitted only to whom it may be told. */
    given: (told: readonly Tellable[], channel: 'site' | 'letter' | 'call'): void => {
      if (!state.owed || state.needsCheck || state.suspected) return;
      if (channel === 'call') for (const one of told) seen.add(one);
      else if (channel === 'site') site.push(...told);
      else letters.push(...told);
    },
    /** Approved: the notice of it leaves like that of what was given, and is taken back as long as it has not. */
    withheld: (): void => {
      if (state.suspected) return;
      site.push('withheld', 'unnamed');
    },
    asked: (): void => void maybe.add('ask'),
    /** All mail that was due has left, and what it gave notice of has arrived. */
    settled: (): void => {
      for (const one of site) seen.add(one);
      noticed ||= site.length > 0;
      site = [];
    },
    /** What was under way is taken back; a notice that had not been seen to leave may have left. */
    takenBack: (): void => {
      for (const one of site) maybe.add(one);
      site = [];
      letters = [];
    },
    /** What must be there and what may (all else is a leak), and whether it is read on a page of theirs. */
    expected: () => {
      const shown = new Set([...seen, ...site, ...letters]);
      const admitted = new Set([...shown, ...maybe]);
      const forbidden = (Object.keys(TELLING) as Tellable[]).filter((one) => !admitted.has(one));
      return { shown: [...shown], forbidden, needsPage: noticed };
    },
  };
};
export type NotifierModel = ReturnType<typeof makeModel>;
