import type { Template } from '#domain/referral.ts';
import type { MailFacts } from './facts.ts';
import { type Language, layOut, type Words } from './layout.ts';
import {
  addition,
  assessmentTask,
  assigned,
  emergencyOpened,
  ownershipArrived,
  referralReceived,
  task,
  taskReminder,
} from './words-for-staff.ts';
import { alarm } from './words-of-alarms.ts';
import { familyNews, reassessment } from './words-of-children.ts';
import {
  climbedEarly,
  disputeClaimed,
  disputeRaised,
  disputeSettled,
  dissentRecorded,
  handoverAnswered,
  handoverProposed,
  meetingCalled,
  meetingCancelled,
  minutesRecorded,
  settlementProposed,
  stepBegun,
} from './words-of-disputes.ts';
import { becameAcute, feedback, request, withholding } from './words-of-feedback.ts';
import { receipt } from './words-of-receipt.ts';
import { doorCode, feedbackLink, notifierLink } from './words-of-the-door.ts';
import { unitsChanged } from './words-of-units.ts';

/** Every template in both languages: one that is missing does not compile. */
const TEMPLATES: Readonly<Record<Template, Readonly<Record<Language, (facts: MailFacts) => Words>>>> = {
  receipt,
  task,
  'task-reminder': taskReminder,
  'referral-received': referralReceived,
  'assessment-task': assessmentTask,
  'ownership-arrived': ownershipArrived,
  assigned,
  addition,
  'emergency-opened': emergencyOpened,
  'family-news': familyNews,
  reassessment,
  alarm,
  'became-acute': becameAcute,
  feedback,
  'feedback-link': feedbackLink,
  'notifier-link': notifierLink,
  'door-code': doorCode,
  withholding,
  request,
  'handover-proposed': handoverProposed,
  'handover-answered': handoverAnswered,
  'dispute-raised': disputeRaised,
  'dispute-claimed': disputeClaimed,
  'settlement-proposed': settlementProposed,
  'step-begun': stepBegun,
  'climbed-early': climbedEarly,
  'meeting-called': meetingCalled,
  'meeting-cancelled': meetingCancelled,
  'minutes-recorded': minutesRecorded,
  'dispute-settled': disputeSettled,
  'dissent-recorded': dissentRecorded,
  'units-changed': unitsChanged,
};

/** Subject, plain text and HTML of a mail. Pure; holds nothing but the facts it is given. */
export const render = (
  template: Template,
  language: Language,
  facts: MailFacts,
): { readonly subject: string; readonly text: string; readonly html: string } =>
  layOut(TEMPLATES[template][language](facts), language);
