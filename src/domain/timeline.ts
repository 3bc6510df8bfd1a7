import type { Reason } from './errors.ts';

/** What a line of the journal is called on screen. A kind without a name does not exist (checked by a test). */
export const EVENT_NAMES = {
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
  'notification-added-to': { da: 'Tilføjelse til underretningen', en: 'Added to the notification' },
  'child-identified': { da: 'Barnet er identificeret', en: 'The child was identified' },
  'marked-in-error': { da: 'Registreret ved en fejl', en: 'Registered in error' },
  'ownership-returned': { da: 'Ansvaret overgik ved åbningstid', en: 'Ownership passed at opening' },
  'reviewed-at-closing': { da: 'Vurderet ved lukketid: hvem handler nu', en: 'Reviewed at closing: who acts now' },
  'alarm-raised': { da: 'Påmindelse sendt', en: 'Reminder sent' },
  'receipt-undeliverable': {
    da: 'Kvitteringen kunne ikke leveres pr. mail',
    en: 'The receipt could not be delivered by mail',
  },
  'receipt-delivered': { da: 'Kvittering leveret til underretter', en: 'Receipt delivered to the notifier' },
} as const satisfies Readonly<Record<string, Reason>>;

export type EventKind = keyof typeof EVENT_NAMES;

const CLOCK_NAMES: Readonly<Record<string, Reason>> = {
  'assess-24h': { da: '24-timers vurdering', en: '24-hour assessment' },
  receipt: { da: 'Kvittering til underretter', en: 'Receipt to the notifier' },
  investigation: { da: 'Børnefaglig undersøgelse', en: 'Investigation' },
  acknowledge: { da: 'Kvittering for modtagelse i enheden', en: 'Acknowledgement by the unit' },
  opening: { da: 'Ansvaret overgår ved åbningstid', en: 'Ownership passes at opening' },
  closing: { da: 'Hvem handler nu? afgøres igen ved lukketid', en: 'Who acts now? is decided again at closing' },
  handover: { da: 'Svar på overdragelse', en: 'Answer to a hand-over' },
  feedback: { da: 'Orientering til underretter', en: 'Feedback to the notifier' },
  'follow-up': { da: 'Opfølgning', en: 'Follow-up' },
};

export const clockName = (kind: string): Reason => CLOCK_NAMES[kind] ?? { da: kind, en: kind };

type Names = { readonly unit: (id: unknown) => string; readonly person: (id: unknown) => string };

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
    case 'assigned':
      return { da: names.person(data.to), en: names.person(data.to) };
    case 'alarm-raised': {
      const clock = clockName(String(data.clock));
      const told = Array.isArray(data.told) ? data.told.map((id) => names.person(id)).join('; ') : '';
      return { da: `${clock.da}: ${told}`, en: `${clock.en}: ${told}` };
    }
    case 'ownership-returned':
      return { da: names.unit(data.unit), en: names.unit(data.unit) };
    case 'reviewed-at-closing':
      return { da: names.unit(data.acting), en: names.unit(data.acting) };
    default:
      return null;
  }
};
