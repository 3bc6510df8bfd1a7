import type { Reason } from './errors.ts';
import type { Template } from './referral.ts';

/** One name for all of them: whoever looks after mails learns of no hand-over or dispute. */
const OWNERSHIP: Reason = { da: 'Besked om ansvaret for en sag', en: 'Notice about the responsibility for a case' };

/** What each mail is about, for whoever looks after mails; one that is missing does not compile. */
export const MAIL_NAMES: Readonly<Record<Template, Reason>> = {
  receipt: { da: 'Kvittering til underretter', en: 'Receipt to the notifier' },
  'units-changed': { da: 'Din enhed er ændret', en: 'Your unit has changed' },
  task: { da: 'En opgave', en: 'A task' },
  'task-reminder': { da: 'En opgave, der står åben', en: 'A task that is still open' },
  'referral-received': { da: 'En ny sag til enheden', en: 'A new case for the unit' },
  'assessment-task': { da: '24-timers vurdering', en: '24-hour assessment' },
  'ownership-arrived': { da: 'Enheden er blevet ansvarlig', en: 'The unit has become the owner' },
  assigned: { da: 'En sag er tildelt', en: 'A case was assigned' },
  addition: { da: 'Nyt i en sag', en: 'Something new in a case' },
  'emergency-opened': { da: 'En sag er åbnet i nød', en: 'A case was opened in an emergency' },
  'family-news': { da: 'Nyt om et barns sager', en: "News of a child's cases" },
  reassessment: { da: 'En genvurdering', en: 'A re-assessment' },
  alarm: { da: 'Påmindelse om en frist', en: 'Reminder of a deadline' },
  'became-acute': { da: 'En sag er blevet akut', en: 'A case has become acute' },
  feedback: { da: 'Orientering til underretter', en: 'Feedback to the notifier' },
  request: { da: 'Spørgsmål til underretter', en: 'Question to the notifier' },
  'feedback-link': { da: 'Orientering til underretter uden login', en: 'Feedback to a notifier without login' },
  'notifier-link': { da: 'Link til underretter uden login', en: 'Link to a notifier without login' },
  'door-code': { da: 'Engangskode', en: 'One-time code' },
  withholding: { da: 'Godkendelse af tilbageholdt orientering', en: 'Approval of withheld feedback' },
  'handover-proposed': OWNERSHIP,
  'handover-answered': OWNERSHIP,
  'dispute-raised': OWNERSHIP,
  'dispute-claimed': OWNERSHIP,
  'settlement-proposed': OWNERSHIP,
  'step-begun': OWNERSHIP,
  'climbed-early': OWNERSHIP,
  'meeting-called': OWNERSHIP,
  'meeting-cancelled': OWNERSHIP,
  'minutes-recorded': OWNERSHIP,
  'dissent-recorded': OWNERSHIP,
  'dispute-settled': OWNERSHIP,
};
