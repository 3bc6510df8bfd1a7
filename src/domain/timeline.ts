import { ACCESS_EVENTS } from './access-request.ts';
import { CHILD_EVENTS } from './child-events.ts';
import { LEGAL_BASES } from './codes.ts';
import { REASONS, type UndeliveredReason } from './delivery.ts';
import type { Reason } from './errors.ts';
import { FILE_EVENTS } from './files-in-journal.ts';
import { listDetail } from './list-changes.ts';
import { OUTCOMES } from './outcomes.ts';
import { PARENT_WAYS, UNTOLD_REASONS } from './parents-record.ts';
import { REASSESSMENTS } from './reassessed-measures.ts';
import { TASK_KINDS, type TaskKind } from './tasks.ts';

/** What a line of the journal is called on screen. A kind without a name does not exist (checked by a test). */
export const EVENT_NAMES = {
  'clocks-moved': { da: 'Frister flyttet ved en ændring af reglerne', en: 'Deadlines moved by a change of the rules' },
  'clock-paused': { da: 'Frist sat på pause', en: 'A deadline was paused' },
  'clock-resumed': { da: 'Frist løber igen før tid', en: 'A deadline runs again early' },
  'late-by-outage': {
    da: 'Systemet handlede for sent efter et driftsstop',
    en: 'The system acted late after an outage',
  },
  'overdue-explained': {
    da: 'Skriftlig forklaring på en overskredet frist',
    en: 'A passed deadline explained in writing',
  },
  'explanation-answered': { da: 'Lederen har svaret på forklaringen', en: 'The leader has answered the explanation' },
  'pause-ended': { da: 'Pausen er slut, og fristen løber igen', en: 'The pause is over and the deadline runs again' },
  'notification-received': { da: 'Underretning modtaget', en: 'Notification received' },
  routed: { da: 'Fordelt til ansvarlig enhed', en: 'Routed to the responsible unit' },
  'routed-again': { da: 'Fordelt igen efter oplysning fra modtageren', en: 'Routed again by what intake confirmed' },
  owned: { da: 'Ansvaret er placeret', en: 'Ownership placed' },
  'clocks-started': { da: 'Frister begyndt', en: 'Clocks started' },
  acknowledged: { da: 'Kvitteret af en navngiven medarbejder', en: 'Acknowledged by a named person' },
  assigned: { da: 'Tildelt en kollega', en: 'Assigned to a colleague' },
  'staying-on': { da: 'Bliver på sagen efter lukketid', en: 'Stays on it past closing' },
  'stayed-on': { da: 'En medarbejder blev på sagen ved lukketid', en: 'A person stayed on it at closing' },
  'evidence-added': { da: 'Sagsbehandlingsskridt', en: 'Evidence' },
  ...FILE_EVENTS,
  ...ACCESS_EVENTS,
  'notification-added-to': { da: 'Tilføjelse til underretningen', en: 'Added to the notification' },
  ...CHILD_EVENTS,
  'record-destroyed': { da: 'Journalen er kasseret', en: 'The record was destroyed' },
  'marked-in-error': { da: 'Registreret ved en fejl', en: 'Registered in error' },
  'unit-changed': {
    da: 'Enheden er ændret; sagen følger med, og fristerne er de samme',
    en: 'The unit has changed; the case goes along and its deadlines are the same',
  },
  'ownership-returned': { da: 'Ansvaret overgik ved åbningstid', en: 'Ownership passed at opening' },
  'reviewed-at-closing': { da: 'Vurderet ved lukketid: hvem handler nu', en: 'Reviewed at closing: who acts now' },
  'alarm-raised': { da: 'Påmindelse sendt', en: 'Reminder sent' },
  'receipt-sent': { da: 'Kvitteringen er sendt til underretter', en: 'The receipt was sent to the notifier' },
  'receipt-undeliverable': {
    da: 'Kvitteringen kunne ikke leveres pr. mail',
    en: 'The receipt could not be delivered by mail',
  },
  'letter-wanted': { da: 'Skal gives med brev eller telefon', en: 'To be told by letter or phone' },
  'letter-sent': { da: 'Fortalt underretter med brev eller telefon', en: 'Told to the notifier by letter or phone' },
  'letter-withdrawn': { da: 'Brevet er ikke længere nødvendigt', en: 'The letter is no longer needed' },
  'mail-undelivered': { da: 'En mail om sagen nåede ikke frem', en: 'A mail about the case did not arrive' },
  'mail-reported': {
    da: 'Meldt: mailen nåede ikke frem alligevel',
    en: 'Reported: the mail had not arrived after all',
  },
  'task-raised': { da: 'Opgave givet til en navngiven person', en: 'Task given to a named person' },
  'task-passed': { da: 'Opgave givet videre til en anden person', en: 'Task passed on to another person' },
  'receipt-delivered': { da: 'Kvittering leveret til underretter', en: 'Receipt delivered to the notifier' },
  'inquiry-registered': { da: 'Forespørgsel registreret', en: 'Inquiry registered' },
  assessed: { da: '24-timers vurdering foretaget', en: '24-hour assessment made' },
  'priority-changed': { da: 'Ændret mellem akut og ikke akut', en: 'Changed between acute and ordinary' },
  decided: { da: 'Afgørelse truffet', en: 'Decision made' },
  'examination-finished': { da: 'Afdækning eller undersøgelse afsluttet', en: 'Examination or investigation finished' },
  'measure-started': { da: 'Indsats sat i gang', en: 'Measure started' },
  'measure-changed': { da: 'Indsats ændret', en: 'Measure changed' },
  'measure-ended': { da: 'Indsats afsluttet', en: 'Measure ended' },
  'followed-up': { da: 'Opfølgning foretaget', en: 'Follow-up made' },
  'feedback-given': { da: 'Orientering givet til underretter', en: 'Feedback given to the notifier' },
  'feedback-delivered': { da: 'Orientering leveret til underretter', en: 'Feedback delivered to the notifier' },
  'feedback-taken-back': {
    da: 'Orienteringen er taget tilbage, før den nåede frem',
    en: 'Feedback taken back before it arrived',
  },
  'more-asked-for': { da: 'Underretter er bedt om at fortælle mere', en: 'The notifier was asked to tell more' },
  'more-answered': { da: 'Underretter har svaret', en: 'The notifier has answered' },
  'request-withdrawn': { da: 'Underretter skal ikke længere svare', en: 'The notifier need not answer any more' },
  'withholding-proposed': { da: 'Foreslået: orientering holdes tilbage', en: 'Proposed: feedback withheld' },
  'withholding-approved': { da: 'Godkendt: orientering holdes tilbage', en: 'Approved: feedback withheld' },
  'withholding-lifted': {
    da: 'Ikke længere holdt tilbage: der skal gives orientering',
    en: 'No longer withheld: feedback must be given',
  },
  'withholding-refused': { da: 'Afvist: der skal gives orientering', en: 'Refused: feedback must be given' },
  'basis-confirmed': { da: 'Underretterens hjemmel er bekræftet', en: "The notifier's legal basis was confirmed" },
  'basis-corrected': { da: 'Underretterens hjemmel er rettet', en: "The notifier's legal basis was corrected" },
  'feedback-owed': { da: 'Underretter skal nu orienteres', en: 'The notifier is now owed feedback' },
  'feedback-not-owed': {
    da: 'Underretter skal ikke længere orienteres',
    en: 'The notifier is owed feedback no longer',
  },
  'notifier-suspected': {
    da: 'Underretteren er selv mistænkt: får kun kvitteringen at vide',
    en: 'The notifier is a suspect: told no more than the receipt',
  },
  'notifier-cleared': { da: 'Underretteren er ikke længere mistænkt', en: 'The notifier is a suspect no longer' },
  'parents-told': { da: 'Forældrene har fået besked', en: 'The parents were told' },
  'parents-heard': { da: 'Forældrene er hørt', en: 'The parents were heard' },
  'parents-left-untold': { da: 'Forældrene får ikke besked', en: 'The parents are not told' },
  'parents-held': {
    da: 'Intet må nå forældrene, før det er frigivet',
    en: 'Nothing may reach the parents before it is released',
  },
  'parents-released': { da: 'Frigivet: forældrene må få besked', en: 'Released: the parents may be told' },
  'hearing-begun': { da: 'Partshøring begyndt', en: 'Hearing of the parties begun' },
  'hearing-ended': { da: 'Partshøring afsluttet uden svar', en: 'Hearing of the parties ended without an answer' },
  closed: { da: 'Henvendelsen er afsluttet', en: 'The referral was closed' },
  reopened: { da: 'Henvendelsen er genåbnet', en: 'The referral was reopened' },
  'handover-proposed': { da: 'Overdragelse foreslået', en: 'Hand-over proposed' },
  'handover-accepted': { da: 'Overdragelse taget imod', en: 'Hand-over accepted' },
  'handover-declined': { da: 'Overdragelse afvist', en: 'Hand-over declined' },
  'handover-withdrawn': { da: 'Overdragelse trukket tilbage', en: 'Hand-over withdrawn' },
  'handover-closed': { da: 'Overdragelse bortfaldet', en: 'Hand-over overtaken' },
  'dispute-raised': { da: 'Ansvarsuenighed rejst', en: 'Ownership dispute raised' },
  'dispute-claimed': { da: 'En part har sagt, hvis ansvar det er', en: 'A party has said whose it is' },
  'settlement-proposed': { da: 'Løsning foreslået', en: 'Settlement proposed' },
  'settlement-agreed': { da: 'Løsning tiltrådt', en: 'Settlement agreed to' },
  'dispute-settled': { da: 'Ansvarsuenighed afgjort', en: 'Ownership dispute settled' },
  'dispute-withdrawn': { da: 'Ansvarsuenighed trukket tilbage', en: 'Ownership dispute withdrawn' },
  escalated: { da: 'Eskaleret, fordi enheden ikke har svaret', en: 'Escalated: the unit has not answered' },
  'escalation-ended': { da: 'Eskalering afsluttet', en: 'Escalation ended' },
  'step-begun': { da: 'Nyt trin på stigen', en: 'A new step of the ladder' },
  'climbed-early': {
    da: 'En part gik videre til næste trin før tid',
    en: 'A party took it up a step before its time',
  },
  'meeting-called': { da: 'Indkaldt til møde om ansvaret', en: 'Meeting about the ownership called' },
  'meeting-cancelled': { da: 'Mødet om ansvaret er aflyst', en: 'The meeting about the ownership is called off' },
  'meeting-held': { da: 'Referat af mødet om ansvaret', en: 'Minutes of the meeting about the ownership' },
  'dissent-recorded': { da: 'Uenig i afgørelsen', en: 'Dissent from the decision' },
  'ladder-changed': { da: 'Stigen følger ændringen af akut', en: 'The ladder follows the change of priority' },
  'responsible-named': { da: 'Ansvarlig enhed udpeget', en: 'Responsible unit named' },
} as const satisfies Readonly<Record<string, Reason>>;

export type EventKind = keyof typeof EVENT_NAMES;

/** What is told to every open referral of the children concerned, whichever unit has it. */
export const TOLD_OF_CHILDREN = [
  'children-merged',
  'children-unmerged',
  'sibling-linked',
  'sibling-unlinked',
  'sibling-added-to',
  'notification-added-to',
] as const satisfies readonly EventKind[];

export const CLOCK_NAMES: Readonly<Record<string, Reason>> = {
  'assess-24h': { da: '24-timers vurdering', en: '24-hour assessment' },
  receipt: { da: 'Kvittering til underretter', en: 'Receipt to the notifier' },
  investigation: { da: 'Børnefaglig undersøgelse', en: 'Investigation' },
  acknowledge: { da: 'Kvittering for modtagelse i enheden', en: 'Acknowledgement by the unit' },
  opening: { da: 'Ansvaret overgår ved åbningstid', en: 'Ownership passes at opening' },
  closing: { da: 'Hvem handler nu? afgøres igen ved lukketid', en: 'Who acts now? is decided again at closing' },
  handover: { da: 'Svar på overdragelse', en: 'Answer to a hand-over' },
  'receipt-send': { da: 'Systemet sender kvitteringen', en: 'The system sends the receipt' },
  'pause-end': { da: 'Pausen slutter', en: 'The pause ends' },
  'return-check': { da: 'Tilbagesendt arbejde: taget imod?', en: 'Work sent back: accepted?' },
  feedback: { da: 'Orientering til underretter', en: 'Feedback to the notifier' },
  'follow-up': { da: 'Opfølgning', en: 'Follow-up' },
  reassess: { da: 'Genvurdering af nye øjne', en: 'Re-assessment by new eyes' },
  'request-for-more': { da: 'Svar på ønske om mere', en: 'Answer to a request for more' },
  partshoring: { da: 'Partshøring', en: 'Hearing of the parties' },
  'access-request': { da: 'Svar på en anmodning om indsigt', en: 'Answer to a request for access' },
};

/** `ladder.2` is a step of the ladder. */
export const clockName = (kind: string): Reason => {
  const [, step] = /^ladder\.(\d+)$/.exec(kind) ?? [];
  if (step !== undefined) return { da: `Trin ${step} på stigen`, en: `Step ${step} of the ladder` };
  return CLOCK_NAMES[kind] ?? { da: kind, en: kind };
};

type Names = {
  readonly unit: (id: unknown) => string;
  readonly person: (id: unknown) => string;
  readonly measures: readonly (Reason & { readonly code: string })[];
};

const named = (rows: readonly (Reason & { readonly code: string })[], code: unknown): Reason | null => {
  const row = rows.find((one) => one.code === code);
  return row ? { da: row.da, en: row.en } : null;
};

const undelivered = (reason: unknown): Reason | null => REASONS[reason as UndeliveredReason] ?? null;

const prefixed = (who: string, what: Reason | null): Reason =>
  what ? { da: `${who}: ${what.da}`, en: `${who}: ${what.en}` } : { da: who, en: who };

/** A line's own sentence, from its codes; null when the name says all. */
export const eventDetail = (kind: string, data: Readonly<Record<string, unknown>>, names: Names): Reason | null => {
  switch (kind) {
    case 'routed':
    case 'routed-again':
      return {
        da: `${names.unit(data.unit)} (regel ${data.rule})`,
        en: `${names.unit(data.unit)} (rule ${data.rule})`,
      };
    case 'owned':
      return data.assessmentUnit
        ? {
            da: `${names.unit(data.unit)}; vurderingsopgaven har ${names.unit(data.assessmentUnit)}`,
            en: `${names.unit(data.unit)}; the assessment task is with ${names.unit(data.assessmentUnit)}`,
          }
        : {
            da: `${names.unit(data.unit)}${data.provisionalRule ? ', midlertidigt' : ''}`,
            en: `${names.unit(data.unit)}${data.provisionalRule ? ', provisionally' : ''}`,
          };
    case 'person-barred':
    case 'person-let-in':
      return { da: names.person(data.person), en: names.person(data.person) };
    case 'restricted':
      return listDetail(data.added, data.removed, names.person);
    case 'restriction-widened':
      return listDetail(data.people, [], names.person);
    case 'assigned':
    case 'reassessor-named':
      return { da: names.person(data.to), en: names.person(data.to) };
    case 'alarm-raised': {
      const clock = clockName(String(data.clock));
      const told = Array.isArray(data.told) ? data.told.map((id) => names.person(id)).join('; ') : '';
      return { da: `${clock.da}: ${told}`, en: `${clock.en}: ${told}` };
    }
    case 'handover-proposed':
    case 'handover-accepted':
    case 'handover-withdrawn':
    case 'handover-closed': {
      const [from, to] = [names.unit(data.from), names.unit(data.to)];
      return { da: `${from} → ${to}`, en: `${from} → ${to}` };
    }
    case 'unit-changed':
      return {
        da: `${names.unit(data.from)} → ${names.unit(data.to)}`,
        en: `${names.unit(data.from)} → ${names.unit(data.to)}`,
      };
    case 'handover-declined': {
      const [to, instead] = [names.unit(data.to), names.unit(data.instead)];
      return { da: `${to}: det er ${instead}`, en: `${to}: it belongs to ${instead}` };
    }
    case 'dispute-claimed': {
      const [unit, whose] = [names.unit(data.unit), names.unit(data.whose)];
      return { da: `${unit}: det er ${whose}`, en: `${unit}: it belongs to ${whose}` };
    }
    case 'settlement-proposed':
    case 'settlement-agreed':
      return { da: names.unit(data.owner), en: names.unit(data.owner) };
    case 'dispute-settled':
    case 'escalation-ended':
      return data.owner ? { da: names.unit(data.owner), en: names.unit(data.owner) } : null;
    case 'step-begun':
      return { da: `Trin ${data.from} → ${data.step}`, en: `Step ${data.from} → ${data.step}` };
    case 'climbed-early': {
      const parties = Array.isArray(data.parties) ? data.parties.map((id) => names.unit(id)).join(', ') : '';
      return { da: parties, en: parties };
    }
    case 'responsible-named':
    case 'left-without-handler':
    case 'ownership-returned':
      return { da: names.unit(data.unit), en: names.unit(data.unit) };
    case 'assessed':
    case 'priority-changed':
      return data.acute ? { da: 'Akut', en: 'Acute' } : { da: 'Ikke akut', en: 'Not acute' };
    case 'decided':
      return named(OUTCOMES, data.outcome);
    case 'parents-told':
    case 'parents-heard':
      return named(PARENT_WAYS, data.how);
    case 'basis-confirmed':
    case 'basis-corrected':
      return named(LEGAL_BASES, data.to);
    case 'parents-left-untold':
      return named(UNTOLD_REASONS, data.why);
    case 'reassessed':
      return named(REASSESSMENTS, data.conclusion);
    case 'measure-started':
    case 'measure-changed':
      return named(names.measures, data.type);
    case 'letter-wanted':
    case 'mail-reported':
      return undelivered(data.reason);
    case 'mail-undelivered':
      return prefixed(names.person(data.to), undelivered(data.reason));
    case 'task-raised':
    case 'task-passed':
      return prefixed(names.person(data.person), TASK_KINDS[data.task as TaskKind] ?? null);
    case 'reviewed-at-closing':
      return { da: names.unit(data.acting), en: names.unit(data.acting) };
    default:
      return null;
  }
};
