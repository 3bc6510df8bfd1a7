import type { Reason } from './errors.ts';
import type { Template } from './referral.ts';

/** What each mail is about, for whoever looks after mails; one that is missing does not compile. */
export const MAIL_NAMES: Readonly<Record<Template, Reason>> = {
  receipt: { da: 'Kvittering til underretter', en: 'Receipt to the notifier' },
  task: { da: 'En opgave', en: 'A task' },
  'task-reminder': { da: 'En opgave, der står åben', en: 'A task that is still open' },
  'referral-received': { da: 'En ny sag til enheden', en: 'A new case for the unit' },
  'assessment-task': { da: '24-timers vurdering', en: '24-hour assessment' },
  'ownership-arrived': { da: 'Enheden er blevet ansvarlig', en: 'The unit has become the owner' },
  assigned: { da: 'En sag er tildelt', en: 'A case was assigned' },
  addition: { da: 'Nyt i en sag', en: 'Something new in a case' },
  'family-news': { da: 'Nyt om et barns sager', en: "News of a child's cases" },
  reassessment: { da: 'En genvurdering', en: 'A re-assessment' },
  alarm: { da: 'Påmindelse om en frist', en: 'Reminder of a deadline' },
  'became-acute': { da: 'En sag er blevet akut', en: 'A case has become acute' },
  feedback: { da: 'Orientering til underretter', en: 'Feedback to the notifier' },
  request: { da: 'Spørgsmål til underretter', en: 'Question to the notifier' },
  withholding: { da: 'Godkendelse af tilbageholdt orientering', en: 'Approval of withheld feedback' },
  'handover-proposed': { da: 'Overdragelse foreslået', en: 'Hand-over proposed' },
  'handover-answered': { da: 'Svar på en overdragelse', en: 'Answer to a hand-over' },
  'dispute-raised': { da: 'Ansvarsuenighed rejst', en: 'Ownership dispute raised' },
  'dispute-claimed': { da: 'Ny påstand i en uenighed', en: 'A new claim in a dispute' },
  'settlement-proposed': { da: 'Forslag til løsning', en: 'A settlement proposed' },
  'step-begun': { da: 'Nyt trin i en uenighed', en: 'A new step of a dispute' },
  'climbed-early': { da: 'En uenighed løftet før tid', en: 'A dispute taken up early' },
  'meeting-called': { da: 'Møde om en uenighed', en: 'A meeting about a dispute' },
  'meeting-cancelled': { da: 'Aflyst møde om en uenighed', en: 'A meeting about a dispute called off' },
  'minutes-recorded': { da: 'Referat af et møde om en uenighed', en: 'Minutes of a meeting about a dispute' },
  'dissent-recorded': { da: 'Dissens fra en afgørelse', en: 'Dissent from a decision' },
  'dispute-settled': { da: 'Uenighed afgjort', en: 'Dispute settled' },
};
