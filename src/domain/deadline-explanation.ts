import type { DayCount, DeadlineKind, Derivation } from './deadlines.ts';
import { RULEBOOK } from './default-rulebook.ts';
import type { Reason } from './errors.ts';
import type { Pause } from './pause.ts';
import type { Period, PeriodUnit, RuledKind, RuleStatus } from './rulebook.ts';
import { type Instant, instant, type LocalDay, type LocalTime, local, T } from './time.ts';

const TITLES: Readonly<Record<RuledKind | 'access-request', Reason>> = {
  'access-request': { da: 'Svar på en anmodning om indsigt', en: 'Answer to a request for access' },
  'assess-24h': { da: '24-timers vurdering', en: '24-hour assessment' },
  receipt: { da: 'Kvittering til underretter', en: 'Receipt to the notifier' },
  investigation: { da: 'Børnefaglig undersøgelse', en: 'Investigation' },
  acknowledge: { da: 'Modtagelse hos enheden', en: 'Acknowledgement by the unit' },
  handover: { da: 'Svar på overdragelse', en: 'Answer to a hand-over' },
  feedback: { da: 'Orientering til underretter', en: 'Feedback to the notifier' },
  'follow-up': { da: 'Opfølgning', en: 'Follow-up' },
  reassess: { da: 'Genvurdering af nye øjne', en: 'Re-assessment by new eyes' },
  'request-for-more': { da: 'Svar på ønske om mere', en: 'Answer to a request for more' },
  partshoring: { da: 'Partshøring', en: 'Hearing of the parties' },
};

const UNITS: Readonly<Record<PeriodUnit, { readonly one: Reason; readonly many: Reason }>> = {
  'elapsed hours': { one: { da: 'time', en: 'hour' }, many: { da: 'timer', en: 'hours' } },
  hverdage: { one: { da: 'hverdag', en: 'hverdag' }, many: { da: 'hverdage', en: 'hverdage' } },
  workdays: { one: { da: 'arbejdsdag', en: 'workday' }, many: { da: 'arbejdsdage', en: 'workdays' } },
  days: { one: { da: 'dag', en: 'day' }, many: { da: 'dage', en: 'days' } },
  months: { one: { da: 'måned', en: 'month' }, many: { da: 'måneder', en: 'months' } },
};

const WHAT_COUNTS: Readonly<Record<PeriodUnit, Reason>> = {
  'elapsed hours': {
    da: 'Timerne tælles i træk, også om natten, i weekender og på helligdage.',
    en: 'The hours run on without a break, through nights, weekends and public holidays.',
  },
  hverdage: {
    da: 'Hverdage er mandag til lørdag undtagen helligdage. Startdagen tælles ikke med.',
    en: 'Hverdage are Monday to Saturday except public holidays. The starting day does not count.',
  },
  workdays: {
    da: 'Arbejdsdage er mandag til fredag undtagen helligdage og kommunens lukkedage. Startdagen tælles ikke med.',
    en: 'Workdays are Monday to Friday except public holidays and municipal closing days. The starting day does not count.',
  },
  days: { da: 'Alle dage tælles. Startdagen tælles ikke med.', en: 'Every day counts. The starting day does not.' },
  months: {
    da: 'En frist i måneder slutter på samme dato i den sidste måned og flyttes ikke for weekender eller helligdage.',
    en: 'A period in months ends on the same date of the last month and is not moved for weekends or public holidays.',
  },
};

const STATUSES: Readonly<Record<RuleStatus, Reason>> = {
  law: { da: 'lov', en: 'law' },
  recalled: { da: 'lov, endnu ikke efterprøvet af en jurist', en: 'law, not yet checked by a jurist' },
  policy: { da: 'kommunens egen frist', en: "the municipality's own period" },
};

const SECONDARY: Reason = {
  da: 'Det er uafklaret, om lørdag tæller som hverdag. Derfor gælder den tidligste dato, og her er den anden optælling:',
  en: 'It is unsettled whether Saturday counts. The earliest date therefore holds, and this is the other count:',
};

const DAYS_DA = ['mandag', 'tirsdag', 'onsdag', 'torsdag', 'fredag', 'lørdag', 'søndag'];
const DAYS_EN = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const MONTHS_DA = 'januar februar marts april maj juni juli august september oktober november december'.split(' ');
const MONTHS_EN = 'January February March April May June July August September October November December'.split(' ');

/** A date without its weekday, in both languages. */
export const dayInWords = ({ day, month, year }: Pick<LocalDay, 'day' | 'month' | 'year'>): Reason => ({
  da: `${day}. ${MONTHS_DA[month - 1]} ${year}`,
  en: `${day} ${MONTHS_EN[month - 1]} ${year}`,
});

const named = (day: LocalDay): Reason => {
  const month = day.month - 1;
  return {
    da: `${DAYS_DA[day.dayOfWeek - 1]} den ${day.day}. ${MONTHS_DA[month]} ${day.year}`,
    en: `${DAYS_EN[day.dayOfWeek - 1]} ${day.day} ${MONTHS_EN[month]} ${day.year}`,
  };
};

const timed = (at: LocalTime): Reason => {
  const time = at.toPlainTime().toString({ smallestUnit: at.second === 0 ? 'minute' : 'second' });
  const day = named(at.toPlainDate());
  return { da: `${day.da} kl. ${time.replaceAll(':', '.')}`, en: `${day.en} at ${time}` };
};

/** Weekday, date and time of day, local, in both languages. */
export const inWords = (at: Instant): Reason => timed(local(at));

const both = (da: string, en: string): Reason => ({ da, en });

/** `5 arbejdsdage` */
export const spanInWords = ({ n, unit }: Period): Reason => {
  const word = n === 1 ? UNITS[unit].one : UNITS[unit].many;
  return both(`${n} ${word.da}`, `${n} ${word.en}`);
};

const titleOf = (rule: DeadlineKind): Reason => {
  if (rule in TITLES) return TITLES[rule as keyof typeof TITLES];
  const step = rule.slice(rule.indexOf('.') + 1);
  return both(`Trin ${step} på stigen`, `Step ${step} of the ladder`);
};

const basisLine = (derivation: Derivation): Reason => {
  const lawName = derivation.lawName ?? RULEBOOK.laws.find(({ id }) => id === derivation.law)?.name ?? derivation.law;
  const status = STATUSES[derivation.status];
  const source = derivation.source;
  if (derivation.paragraph === null) {
    return both(`Grundlag: ${status.da}. Kilde: ${source}.`, `Basis: ${status.en}. Source: ${source}.`);
  }
  const cited = `${lawName} ${derivation.paragraph.replaceAll(/, stk\. (\d+)/g, '($1)')}`;
  return both(`Grundlag: ${source} (${status.da}).`, `Basis: ${cited} (${status.en}). Source, in Danish: ${source}.`);
};

/** One line a day, in the order of the calendar. */
const dayLines = ({ counted, skipped }: DayCount): Reason[] => {
  const days = [
    ...counted.map((day, index) => ({ day, number: index + 1, reason: null })),
    ...skipped.map(({ day, reason }) => ({ day, number: null, reason })),
  ].sort((a, b) => (a.day < b.day ? -1 : 1));
  return days.map(({ day, number, reason }) => {
    const name = named(T.PlainDate.from(day));
    if (reason === null) return both(`Dag ${number}: ${name.da}.`, `Day ${number}: ${name.en}.`);
    // "lørdag den 7. november (lørdag)" says nothing twice.
    const why = (text: string, why: string): string => (text.startsWith(why) ? '' : ` (${why})`);
    return both(
      `Tæller ikke: ${name.da}${why(name.da, reason.da)}.`,
      `Does not count: ${name.en}${why(name.en, reason.en)}.`,
    );
  });
};

const monthLine = (start: LocalTime, due: LocalTime, period: Period): Reason => {
  const { da, en } = spanInWords(period);
  const from = both(`${start.day}. ${MONTHS_DA[start.month - 1]}`, `${start.day} ${MONTHS_EN[start.month - 1]}`);
  const to = named(due.toPlainDate());
  if (due.day === start.day) {
    return both(`${from.da} plus ${da} er ${to.da}.`, `${from.en} plus ${en} is ${to.en}.`);
  }
  const month = both(`${MONTHS_DA[due.month - 1]} ${due.year}`, `${MONTHS_EN[due.month - 1]} ${due.year}`);
  return both(
    `${from.da} plus ${da}: ${month.da} har ingen dag ${start.day}, så fristen er månedens sidste dag, ${to.da}.`,
    `${from.en} plus ${en}: ${month.en} has no day ${start.day}, so the last day of that month holds, ${to.en}.`,
  );
};

const hourLines = (start: LocalTime, due: LocalTime): Reason[] => {
  if (start.offsetNanoseconds === due.offsetNanoseconds) return [];
  return due.offsetNanoseconds > start.offsetNanoseconds
    ? [both('Undervejs stilles uret en time frem.', 'On the way the clocks go forward one hour.')]
    : [both('Undervejs stilles uret en time tilbage.', 'On the way the clocks go back one hour.')];
};

const countLines = (count: DayCount, start: LocalTime, period: Period): Reason[] => {
  const due = local(instant(count.due));
  if (period.unit === 'months') return [monthLine(start, due, period)];
  return period.unit === 'elapsed hours' ? hourLines(start, due) : dayLines(count);
};

/** Of a day clock each paused day has its own line besides. */
const pauseLines = (pauses: readonly Pause[]): Reason[] =>
  pauses.map(({ from, until }) => {
    const [begins, ends] = [timed(local(instant(from))), timed(local(instant(until)))];
    return both(`På pause fra ${begins.da} til ${ends.da}.`, `Paused from ${begins.en} until ${ends.en}.`);
  });

const dueLine = (count: DayCount): Reason => {
  const { da, en } = timed(local(instant(count.due)));
  return both(`Fristen udløber ${da}.`, `Due ${en}.`);
};

/** A deadline in plain words, one line per counted or skipped day, in both languages line by line. */
export const explain = (derivation: Derivation): { da: string[]; en: string[] } => {
  const { period, secondary, note, pauses = [] } = derivation;
  const start = local(instant(derivation.start));
  const title = titleOf(derivation.rule);
  const length = spanInWords(period);
  const begins = timed(start);
  const lines: Reason[] = [
    both(`${title.da}: ${length.da}.`, `${title.en}: ${length.en}.`),
    basisLine(derivation),
    WHAT_COUNTS[period.unit],
    both(`Start: ${begins.da}.`, `Start: ${begins.en}.`),
    ...pauseLines(pauses),
    ...countLines(derivation, start, period),
    dueLine(derivation),
    ...(secondary
      ? [
          SECONDARY,
          WHAT_COUNTS[secondary.period.unit],
          ...countLines(secondary, start, secondary.period),
          dueLine(secondary),
        ]
      : []),
    ...(note ? [note] : []),
  ];
  return { da: lines.map(({ da }) => da), en: lines.map(({ en }) => en) };
};
