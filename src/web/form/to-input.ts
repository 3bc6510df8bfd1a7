import { wholeDay } from './date-field.tsx';
import type { FormValues } from './values.ts';

/* What the controls hold → what is saved and sent: the shape of the notification file, blanks left out. */

const some = (text: string): string | undefined => (text.trim() === '' ? undefined : text);
const day = (text: string): string | undefined => (text === '' ? undefined : wholeDay(text));
/** What is no number stays as typed and is refused in words. */
const number = (text: string): number | string | null =>
  text.trim() === '' ? null : /^\d{1,9}$/.test(text.trim()) ? Number(text) : text;
const yesNo = (choice: string): boolean | undefined => (choice === '' ? undefined : choice === 'yes');

type Group = Readonly<Record<string, unknown>>;
/** Without what was left out; undefined when nothing is left. */
const group = (fields: Group): Group | undefined => {
  const given = Object.entries(fields).filter(([, value]) => value !== undefined);
  return given.length > 0 ? Object.fromEntries(given) : undefined;
};
const filled = (fields: Group): Group => group(fields) ?? {};

export const childOf = (child: FormValues['children'][number]) =>
  filled({
    name: some(child.name),
    identity: child.identity,
    cpr: child.identity === 'known' ? some(child.cpr) : undefined,
    address: group({
      street: some(child.address.street),
      postalCode: some(child.address.postalCode),
      city: some(child.address.city),
    }),
    protectedAddress: child.protectedAddress,
    institution: some(child.institution) ?? null,
    ageEstimate: child.identity === 'unknown' ? number(child.ageEstimate) : null,
  });

const familyOf = ({ parents, siblings, interpreter, language }: FormValues['family']) =>
  filled({
    parents: parents.map(({ name, relation, custody, phone }) =>
      filled({ name: some(name), relation: some(relation), custody, phone: some(phone) }),
    ),
    siblings: siblings.map(({ name, age }) => filled({ name: some(name), age: number(age) })),
    interpreter,
    language: interpreter ? some(language) : undefined,
  });

const notifierOf = (notifier: FormValues['notifier']) => {
  const anonymous = notifier.basis === 'anonymous';
  const known = (text: string): string | undefined => (anonymous ? undefined : some(text));
  return filled({
    basis: notifier.basis,
    notifierCode: anonymous ? 8 : (number(notifier.notifierCode) ?? undefined),
    name: known(notifier.name),
    role: known(notifier.role),
    workEmail: known(notifier.workEmail),
    workPhone: known(notifier.workPhone),
    postalAddress: known(notifier.postalAddress),
    relation: some(notifier.relation),
  });
};

const concernOf = (concern: FormValues['concern']) =>
  filled({
    narrative: some(concern.narrative),
    observations: concern.observations.map(({ on, text }) => filled({ on: day(on), text: some(text) })),
    childsWords: some(concern.childsWords),
    wellbeing: some(concern.wellbeing),
    strengths: some(concern.strengths),
    reasons: concern.reasons,
  });

const parentsOf = ({ informed, on, by, reaction, whyNot }: FormValues['parentsInformed']) =>
  informed === ''
    ? undefined
    : informed === 'yes'
      ? filled({ informed: true, on: day(on), by: some(by), reaction: some(reaction) })
      : filled({ informed: false, whyNot: some(whyNot) });

const violenceOf = ({ suspected, kind, whom, certainty }: FormValues['violence']) =>
  suspected === 'yes'
    ? filled({ suspected: true, kind: some(kind), whom: some(whom), certainty: some(certainty) })
    : group({ suspected: yesNo(suspected) });

export const toInput = (values: FormValues): Group =>
  filled({
    language: values.language,
    children: values.children.map(childOf),
    family: familyOf(values.family),
    notifier: notifierOf(values.notifier),
    concern: concernOf(values.concern),
    triedSoFar: values.triedSoFar.map(({ measure, effect }) =>
      filled({ measure: some(measure), effect: some(effect) }),
    ),
    parentsInformed: parentsOf(values.parentsInformed),
    // An unanswered question is sent as such, so that it is refused: nobody forgets that it is acute.
    acute: filled({
      marked: yesNo(values.acute.marked),
      why: values.acute.marked === 'yes' ? some(values.acute.why) : undefined,
      called: values.acute.marked === 'yes' ? some(values.acute.called) : undefined,
    }),
    violence: violenceOf(values.violence),
    honour: group({
      suspected: yesNo(values.honour.suspected),
      why: values.honour.suspected === 'yes' ? some(values.honour.why) : undefined,
    }),
    need: some(values.need) ?? null,
  });

/** Rows that were added and left empty are no answers. */
export const withoutEmptyRows = (values: FormValues): FormValues => ({
  ...values,
  family: {
    ...values.family,
    parents: values.family.parents.filter(({ name, relation, phone }) => some(name + relation + phone)),
    siblings: values.family.siblings.filter(({ name, age }) => some(name + age)),
  },
  concern: { ...values.concern, observations: values.concern.observations.filter(({ on, text }) => some(on + text)) },
  triedSoFar: values.triedSoFar.filter(({ measure, effect }) => some(measure + effect)),
});
