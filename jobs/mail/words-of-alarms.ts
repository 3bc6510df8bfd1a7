import type { NoticeStage } from '#domain/alarms.ts';
import type { Reason } from '#domain/errors.ts';
import type { RuledKind } from '#domain/rulebook.ts';
import { STAGE_WORDS } from '#domain/stage-words.ts';
import type { MailFacts } from './facts.ts';
import { type Language, shown, type Words } from './layout.ts';
import { openCase } from './words-for-staff.ts';

/** What is awaited, as it stands after a colon. */
const CLOCKS: Readonly<Record<RuledKind | 'access-request', Reason>> = {
  'assess-24h': { da: '24-timers vurdering', en: '24-hour assessment' },
  receipt: { da: 'kvittering til underretter', en: 'receipt to the notifier' },
  investigation: { da: 'børnefaglig undersøgelse', en: 'investigation' },
  acknowledge: { da: 'modtagelse hos enheden', en: 'acknowledgement by the unit' },
  handover: { da: 'svar på en overdragelse', en: 'answer to a hand-over' },
  feedback: { da: 'orientering til underretter', en: 'feedback to the notifier' },
  'follow-up': { da: 'opfølgning', en: 'follow-up' },
  reassess: { da: 'genvurdering af nye øjne', en: 're-assessment by new eyes' },
  'request-for-more': { da: 'svar på et ønske om mere', en: 'answer to a request for more' },
  partshoring: { da: 'partshøring', en: 'hearing of the parties' },
  'access-request': { da: 'svar på en anmodning om indsigt', en: 'answer to a request for access' },
};

const OTHER: Reason = { da: 'en frist', en: 'a deadline' };

const clock = (kind: string | null): Reason => {
  if (kind === null) return OTHER;
  const step = /^ladder\.(\d{1,2})$/.exec(kind)?.[1];
  if (step !== undefined) return { da: `ansvarsuenighed, trin ${step}`, en: `ownership dispute, step ${step}` };
  return Object.hasOwn(CLOCKS, kind) ? CLOCKS[kind as RuledKind] : OTHER;
};

const stage = (name: string | null): readonly Reason[] =>
  name !== null && Object.hasOwn(STAGE_WORDS, name) ? [STAGE_WORDS[name as NoticeStage]] : [];

const isPast = (name: string | null): boolean => name === 'end' || name === 'after';

const words =
  (language: Language) =>
  (facts: MailFacts): Words => {
    const da = language === 'da';
    const what = clock(facts.kind)[language];
    const due = facts.dueAt === null ? null : shown(facts.dueAt, language);
    const dueLine = da ? `Fristen ${isPast(facts.stage) ? 'var' : 'er'} ${due}.` : `Due on ${due}.`;
    return {
      subject: da
        ? `${isPast(facts.stage) ? 'Frist nået' : 'Frist på vej'}: ${what}`
        : `${isPast(facts.stage) ? 'Deadline reached' : 'Deadline ahead'}: ${what}`,
      paragraphs: [
        da ? `Det gælder: ${what}.` : `This is about: ${what}.`,
        ...stage(facts.stage).map((reason) => reason[language]),
        ...(due === null ? [] : [dueLine]),
        ...(facts.unitName === null ? [] : [da ? `Enhed: ${facts.unitName}.` : `Unit: ${facts.unitName}.`]),
      ],
      link: openCase(facts.link, language),
    };
  };

/** One alarm of one clock: which, how far it has run, when it is due. */
export const alarm = { da: words('da'), en: words('en') };
