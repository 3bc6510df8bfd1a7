import type { CodeLists } from './codes.ts';
import { spanInWords } from './deadline-explanation.ts';
import type { Reason } from './errors.ts';
import type { HolidayRule } from './holidays.ts';
import type { RegulationChange } from './regulation-change.ts';
import type { Period } from './rulebook.ts';
import { clockName } from './timeline.ts';

const both = (da: string, en: string): Reason => ({ da, en });

const periods = (ordinary: Period, acute: Period | null): Reason => {
  const [one, two] = [spanInWords(ordinary), acute ? spanInWords(acute) : null];
  return two ? both(`${one.da}, akut ${two.da}`, `${one.en}, acute ${two.en}`) : one;
};

/** When a holiday falls: `25-12`, or days from Easter Sunday. */
export const holidayOn = (on: HolidayRule['on']): Reason => {
  if ('fixed' in on)
    return both(`den ${on.fixed.slice(3)}.${on.fixed.slice(0, 2)}.`, `${on.fixed.slice(3)}/${on.fixed.slice(0, 2)}`);
  const { easter } = on;
  if (easter === 0) return both('påskedag', 'Easter Sunday');
  const days = Math.abs(easter);
  return easter > 0
    ? both(`${days} dage efter påskedag`, `${days} days after Easter Sunday`)
    : both(`${days} dage før påskedag`, `${days} days before Easter Sunday`);
};

/** What the code lists are called. */
export const LISTS: Readonly<Record<keyof CodeLists, Reason>> = {
  notifiers: both('Hvem der underretter', 'Who notifies'),
  reasons: both('Årsager til bekymring', 'Reasons for concern'),
  measures: both('Typer af indsats', 'Types of measure'),
};

/** A proposed change as one line, in both languages; `unitName` and `codeName` tell names, `day` writes local days. */
export const changeInWords = (
  change: RegulationChange,
  unitName: (id: string) => string,
  day: (iso: string) => Reason,
  codeName: (list: keyof CodeLists, code: string) => Reason,
): Reason => {
  const said = (da: string, en: string, from: string): Reason =>
    both(`${da}. Fra ${day(from).da}.`, `${en}. From ${day(from).en}.`);
  switch (change.what) {
    case 'policy-period': {
      const [clock, period] = [clockName(change.clock), periods(change.period, change.acute)];
      return said(`${clock.da}: ${period.da}`, `${clock.en}: ${period.en}`, change.from);
    }
    case 'law-period': {
      const [clock, period] = [clockName(change.duty), spanInWords(change.period)];
      return said(
        `${clock.da}, ${change.paragraph}: ${period.da}`,
        `${clock.en}, ${change.paragraph}: ${period.en}`,
        change.from,
      );
    }
    case 'policy-limits':
      return said('Kommunens øvrige grænser', "The municipality's other limits", change.from);
    case 'correct-text': {
      const clock = clockName(change.rule);
      return both(
        `Rettet tekst: ${clock.da} i ${change.version}.`,
        `Corrected text: ${clock.en} in ${change.version}.`,
      );
    }
    case 'correct-reference':
      return both(
        `Rettet paragraf: ${change.paragraph} i ${change.version}.`,
        `Corrected paragraph: ${change.paragraph} in ${change.version}.`,
      );
    case 'add-code': {
      const list = LISTS[change.list];
      return said(`${list.da}: ny kode ${change.da}`, `${list.en}: new code ${change.en}`, change.from);
    }
    case 'end-code': {
      const [list, name] = [LISTS[change.list], codeName(change.list, change.code)];
      return both(
        `${list.da}: ${name.da} bruges ikke mere fra ${day(change.until).da}.`,
        `${list.en}: ${name.en} is no longer used from ${day(change.until).en}.`,
      );
    }
    case 'correct-code': {
      const [list, name] = [LISTS[change.list], codeName(change.list, change.code)];
      return both(`${list.da}: ${name.da} kaldes ${change.da}.`, `${list.en}: ${name.en} is called ${change.en}.`);
    }
    case 'feedback-words':
      return said('Hvad orienteringen må fortælle', 'What the feedback may tell', change.from);
    case 'feedback-sentence':
      return said(
        `Orienteringens ord (${change.sentence}): ${change.da}`,
        `Words of the feedback (${change.sentence}): ${change.en}`,
        change.from,
      );
    case 'receipt-policy':
      return change.sent === 'at-once'
        ? said('Kvittering sendes straks', 'Receipts are sent at once', change.from)
        : said(
            `Kvittering sendes, når nogen tager sagen, senest kl. ${change.at} på hverdag nummer ${change.hverdage}`,
            `Receipts are sent when somebody takes the case, at the latest ${change.at} on hverdag ${change.hverdage}`,
            change.from,
          );
    case 'reassessed-measures': {
      const list = change.paragraphs.join(', ');
      return said(`Genvurdering ved indsatser efter ${list}`, `Re-assessment for measures of ${list}`, change.from);
    }
    case 'alarms': {
      const clock = change.clock ? clockName(change.clock) : both('alle frister', 'all deadlines');
      return said(`Påmindelser: ${clock.da}`, `Reminders: ${clock.en}`, change.from);
    }
    case 'closing-day': {
      const when = change.on.length > 5 ? day(change.on) : both(`${change.on} hvert år`, `${change.on} each year`);
      return both(`Lukkedag: ${change.da}, ${when.da}.`, `Closing day: ${change.en}, ${when.en}.`);
    }
    case 'end-closing-day':
      return said(`Ikke længere lukkedag: ${change.on}`, `No longer a closing day: ${change.on}`, change.until);
    case 'holiday':
      return both(
        `Helligdag fra ${change.from}: ${change.da}, ${holidayOn(change.on).da}.`,
        `Public holiday from ${change.from}: ${change.en}, ${holidayOn(change.on).en}.`,
      );
    case 'end-holiday':
      return both(
        `Ikke længere helligdag fra ${change.until}: ${change.id}.`,
        `No longer a public holiday from ${change.until}: ${change.id}.`,
      );
    case 'opening-exception': {
      const units = change.units.map(unitName).join(', ');
      const open = change.periods.map(({ from, to }) => `${from}–${to}`).join(', ');
      const [from, to] = [day(change.from), day(change.to)];
      return both(
        `${units}: ${open ? `åbent ${open}` : 'lukket'} ${from.da} – ${to.da} (${change.reason}).`,
        `${units}: ${open ? `open ${open}` : 'closed'} ${from.en} – ${to.en} (${change.reason}).`,
      );
    }
    case 'end-exception':
      return both(`Ændret åbningstid ender ${day(change.to).da}.`, `Changed opening hours end ${day(change.to).en}.`);
  }
};
