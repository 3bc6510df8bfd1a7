import type { Calendar, ClosingDay, OpeningException } from './calendar.ts';
import { CODES } from './default-codes.ts';
import { RULEBOOK } from './default-rulebook.ts';
import { TEMPLATES } from './default-templates.ts';
import { CLOSING_DAY_NAMES, HOLIDAYS, type HolidayRule } from './holidays.ts';
import type { Organisation } from './organisation.ts';
import type { Rulebook } from './rulebook.ts';
import type { World } from './world.ts';

/**
 * Law, policy and calendar as one value: what administrators change with four eyes. Each version of it is kept whole;
 * the laws, periods and days inside it are dated themselves. JSON-able.
 */
export type Regulations = {
  readonly rulebook: Rulebook;
  readonly holidays: readonly HolidayRule[];
  readonly closingDays: readonly ClosingDay[];
  readonly exceptions: readonly OpeningException[];
};

/** As stored; what was not a part of it when it was stored goes by what is delivered. */
export const storedRegulations = (document: unknown): Regulations => {
  const stored = document as Regulations;
  const { codes = CODES, templates = TEMPLATES, receipts = RULEBOOK.receipts } = stored.rulebook as Partial<Rulebook>;
  const [delivered] = TEMPLATES;
  const whole = templates.map((one) => ({ ...one, sentences: { ...delivered?.sentences, ...one.sentences } }));
  return { ...stored, rulebook: { ...stored.rulebook, codes, templates: whole, receipts } };
};

/** Ids of what came with the organisation's file, which the next file replaces. */
export const FROM_FILE = 'fil-';
const FILE_SOURCE = 'organisationsfilen: kommunens faste lukkedage';

/** A day of the organisation's file, `MM-DD`, each year. */
const closingDayOfFile = (on: string, from: string | null = null): ClosingDay => ({
  on,
  ...(CLOSING_DAY_NAMES[on] ?? { da: '', en: '' }),
  from,
  until: null,
  source: FILE_SOURCE,
});

type OfFile = Pick<Organisation, 'closingDays' | 'exceptions'>;

/** What is installed where nothing has been decided: the rules as they are delivered, the days of the file. */
export const defaultRegulations = ({ closingDays, exceptions }: OfFile): Regulations => ({
  rulebook: RULEBOOK,
  holidays: HOLIDAYS,
  closingDays: closingDays.map((on) => closingDayOfFile(on)),
  exceptions,
});

/**
 * With another organisation file, from `from` on (tomorrow): closing days that are new, until then those it leaves out;
 * exceptions of files that have not begun are replaced. What was decided here stays.
 */
export const withFile = (
  regulations: Regulations,
  was: readonly string[],
  { closingDays: is, exceptions }: OfFile,
  from: string,
): Regulations => {
  const added = is.filter((on) => !was.includes(on)).map((on) => closingDayOfFile(on, from));
  const gone = was.filter((on) => !is.includes(on));
  const kept = regulations.closingDays.map((day) =>
    day.source === FILE_SOURCE && day.until === null && gone.includes(day.on) ? { ...day, until: from } : day,
  );
  const stays = regulations.exceptions.filter((one) => !one.id.startsWith(FROM_FILE) || one.from < from);
  const news = exceptions.filter((one) => one.from >= from);
  return { ...regulations, closingDays: [...kept, ...added], exceptions: [...stays, ...news] };
};

/** A new value each time: what is counted over it is kept by it, so whoever asks often keeps the world. */
export const calendarFrom = ({ holidays, closingDays, exceptions }: Regulations): Calendar => ({
  holidays,
  closingDays,
  exceptions,
});

export const worldFrom = (organisation: Organisation, regulations: Regulations): World => ({
  organisation,
  rulebook: regulations.rulebook,
  calendar: calendarFrom(regulations),
});

const calendars = new WeakMap<readonly string[], Calendar>();

/** The delivered calendar with the organisation's closing days; the same value for the same organisation. */
export const calendarOf = (organisation: OfFile): Calendar => {
  const { closingDays } = organisation;
  const calendar = calendars.get(closingDays) ?? calendarFrom(defaultRegulations(organisation));
  calendars.set(closingDays, calendar);
  return calendar;
};

/** An organisation under the rules as delivered: for worked cases and the command line, which ask no database. */
export const deliveredWorld = (organisation: Organisation): World => ({
  organisation,
  rulebook: RULEBOOK,
  calendar: calendarOf(organisation),
});
