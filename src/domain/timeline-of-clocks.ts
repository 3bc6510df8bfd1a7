import { inWords } from './deadline-explanation.ts';
import type { Reason } from './errors.ts';
import { fileDetail } from './files-in-journal.ts';
import { PAUSE_REASONS } from './pausing.ts';
import { instant } from './time.ts';
import { clockName, eventDetail } from './timeline.ts';

type Data = Readonly<Record<string, unknown>>;

const at = (when: unknown): Reason => (typeof when === 'string' ? inWords(instant(when)) : { da: '', en: '' });

const both = (parts: readonly (Reason | null)[]): Reason => {
  const told = parts.filter((part) => part !== null);
  return { da: told.map(({ da }) => da).join(' '), en: told.map(({ en }) => en).join(' ') };
};

const planned = (when: unknown): Reason => {
  const { da, en } = at(when);
  return { da: `Skulle være sket ${da}.`, en: `Was due ${en}.` };
};

const due = (when: unknown): Reason => {
  const { da, en } = at(when);
  return { da: `Fristen er nu ${da}.`, en: `Now due ${en}.` };
};

const named = (data: Data): Reason => {
  const { da, en } = clockName(String(data.clock));
  return { da: `${da}.`, en: `${en}.` };
};

/** Said beside a line that came late because nobody swept; null for one that came in time. */
const lateness = (data: Data): Reason | null => {
  if (!data.outage) return null;
  const from = typeof data.planned === 'string' ? data.planned : (data.outage as { from?: string }).from;
  const words = { da: 'For sent efter et driftsstop.', en: 'Late after an outage.' };
  return from === undefined ? words : both([words, planned(from)]);
};

/** The sentence of a line about a clock itself or a meeting: paused, running again, acted on late, explained. */
const clockDetail = (kind: string, data: Data): Reason | null => {
  switch (kind) {
    case 'clock-paused': {
      const why = PAUSE_REASONS.find(({ code }) => code === data.reason);
      const reason = why ? { da: `${why.da}.`, en: `${why.en}.` } : null;
      const until = { da: `Til ${at(data.until).da}.`, en: `Until ${at(data.until).en}.` };
      return both([named(data), reason, until, due(data.due)]);
    }
    case 'clock-resumed':
    case 'pause-ended':
      return both([named(data), due(data.due)]);
    case 'meeting-called':
    case 'meeting-cancelled':
    case 'meeting-held':
      return at(data.at);
    case 'late-by-outage':
      return both([named(data), planned(data.planned)]);
    case 'overdue-explained':
      return named(data);
    case 'explanation-answered':
      return both([
        named(data),
        data.accepted
          ? { da: 'Godtaget.', en: 'Accepted.' }
          : { da: 'Skal forklares igen.', en: 'To be explained again.' },
      ]);
    default:
      return null;
  }
};

/** A line's own sentence, and whether it came late; null when its name says all. */
export const lineDetail = (...[kind, data, names]: Parameters<typeof eventDetail>): Reason | null => {
  const told = eventDetail(kind, data, names) ?? clockDetail(kind, data) ?? fileDetail(kind, data);
  const late = lateness(data);
  return told && late ? { da: `${told.da}. ${late.da}`, en: `${told.en}. ${late.en}` } : (told ?? late);
};
