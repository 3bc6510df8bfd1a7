import { MESSAGE_STATES, type MessageState } from '#domain/delivery.ts';
import { FIGURES, type Figure, PERIODS } from '#domain/figures.ts';
import { STEPS, type Step } from './form/steps.ts';

/* What may stand in the address after `?`. Never anything personal; what is not understood is left out. */

type Raw = Record<string, unknown>;
const oneOf = <const Values extends readonly string[]>(values: Values, given: unknown): Values[number] | undefined =>
  values.find((value) => value === given);

const unitId = (given: unknown): string | undefined =>
  typeof given === 'string' && /^[a-z0-9-]{1,120}$/.test(given) ? given : undefined;

const LOGIN_FAILURES = ['utilgaengelig', 'afbrudt', 'ukendt', 'svagt'] as const;
/** `til`: where to go after the login, a path of this site. `fejl`: why the municipality's login let nobody in. */
export const loginSearch = ({ til, fejl }: Raw): { til?: string; fejl?: (typeof LOGIN_FAILURES)[number] } => {
  const failure = oneOf(LOGIN_FAILURES, fejl);
  return {
    ...(typeof til === 'string' && /^\/(?![/\\])/.test(til) ? { til } : {}),
    ...(failure ? { fejl: failure } : {}),
  };
};

/** `person`: whose logins an administrator looks at, by id. */
export const sessionsSearch = ({ person }: Raw): { person?: string } =>
  typeof person === 'string' && /^[\w-]{1,120}$/.test(person) ? { person } : {};

export const writeSearch = ({ trin }: Raw): { trin?: Step } => {
  const step = oneOf(STEPS, trin);
  return step ? { trin: step } : {};
};

export const TABS = ['all', 'new', 'mine', 'handed', 'dispute', 'assessment', 'overdue', 'owed'] as const;
export type Tab = (typeof TABS)[number];
export const worklistSearch = ({ fane }: Raw): { fane?: Tab } => {
  const tab = oneOf(TABS, fane);
  return tab ? { fane: tab } : {};
};

export const FORMS = [
  'acknowledge',
  'assign',
  'stay-on',
  'add-evidence',
  'identify-child',
  'add-to-notification',
  'assess',
  'decide',
  'change-priority',
  'finish-examination',
  'start-measure',
  'change-measure',
  'end-measure',
  'follow-up',
  'close',
  'reopen',
  'propose-handover',
  'raise-dispute',
  'pause-clock',
  'resume-clock',
  'explain-overdue',
  'answer-explanation',
  'complete-reassessment',
  'name-reassessor',
  'correct-child',
  'merge-children',
  'link-sibling',
  'undo-link',
  'ask-for-more',
  'withdraw-request',
  'suspect-notifier',
  'clear-notifier',
  'check-basis',
  'note-parents',
  'leave-parents-untold',
  'begin-hearing',
  'end-hearing',
  'hold-parents',
  'release-parents',
  'declare-conflict',
  'name-conflict',
  'lift-conflict',
  'restrict',
  'lift-restriction',
] as const;
export type ActForm = (typeof FORMS)[number];
export const caseSearch = ({ handling }: Raw): { handling?: ActForm } => {
  const act = oneOf(FORMS, handling);
  return act ? { handling: act } : {};
};

export const MATTER_FORMS = [
  'accept-handover',
  'decline-handover',
  'withdraw-handover',
  'raise-dispute',
  'claim',
  'propose-settlement',
  'agree',
  'decide-dispute',
  'call-meeting',
  'record-minutes',
  'cancel-meeting',
  'climb-early',
  'dissent',
  'withdraw-dispute',
  'declare-conflict',
] as const;
export type MatterForm = (typeof MATTER_FORMS)[number];
export const matterSearch = ({ handling }: Raw): { handling?: MatterForm } => {
  const act = oneOf(MATTER_FORMS, handling);
  return act ? { handling: act } : {};
};

export const FEEDBACK_FORMS = ['withhold', 'approve', 'refuse', 'lift'] as const;
export type FeedbackForm = (typeof FEEDBACK_FORMS)[number];
export const feedbackSearch = ({ handling }: Raw): { handling?: FeedbackForm } => {
  const act = oneOf(FEEDBACK_FORMS, handling);
  return act ? { handling: act } : {};
};

export const messageSearch = ({ tilstand }: Raw): { tilstand?: MessageState } => {
  const state = oneOf(MESSAGE_STATES, tilstand);
  return state ? { tilstand: state } : {};
};

export const BOARD_TABS = ['dispute', 'escalation'] as const;
export type BoardTab = (typeof BOARD_TABS)[number];
export type BoardSearch = { fane?: BoardTab; trin?: number; enhed?: string };
/** `trin` and `enhed`: only what stands on that step, and what that unit is a party of. */
export const boardSearch = ({ fane, trin, enhed }: Raw): BoardSearch => {
  const tab = oneOf(BOARD_TABS, fane);
  const step = typeof trin === 'number' && Number.isInteger(trin) && trin > 0 && trin < 10 ? { trin } : {};
  const unit = unitId(enhed);
  return { ...(tab ? { fane: tab } : {}), ...step, ...(unit ? { enhed: unit } : {}) };
};

const periodOf = (given: unknown): { dage?: (typeof PERIODS)[number] } => {
  const days = PERIODS.find((one) => one === given);
  return days ? { dage: days } : {};
};
export const figuresSearch = ({ dage }: Raw) => periodOf(dage);

type FigureSearch = ReturnType<typeof periodOf> & { tal?: Figure; enhed?: string; modtager?: string };
/** Which number: `enhed` is whose it is, `modtager` the other unit of a pair. */
export const figureCasesSearch = ({ dage, tal, enhed, modtager }: Raw): FigureSearch => {
  const figure = oneOf(FIGURES, tal);
  const [unit, other] = [unitId(enhed), unitId(modtager)];
  return {
    ...periodOf(dage),
    ...(figure ? { tal: figure } : {}),
    ...(unit ? { enhed: unit } : {}),
    ...(other ? { modtager: other } : {}),
  };
};

export const AUDIT_PARTS = ['reads', 'acts', 'setup', 'journal'] as const;
/** `del`: which part of an audit. */
export const auditSearch = ({ del }: Raw): { del?: (typeof AUDIT_PARTS)[number] } => {
  const part = oneOf(AUDIT_PARTS, del);
  return part ? { del: part } : {};
};
