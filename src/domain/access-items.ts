import { sizeInWords } from './attachments.ts';
import type { Reason } from './errors.ts';
import { refuseField } from './field-errors.ts';
import { FIELD_LABELS } from './field-labels.ts';
import { linesOf, type Say } from './form-lines.ts';
import { illegal } from './lifecycle.ts';
import type { NotificationForm } from './notification-form.ts';

/** Whose data it may be beside the child's: it is looked at before it leaves. */
export const THIRD_PARTIES = {
  notifier: { da: 'Kan sige, hvem der har underrettet', en: 'May say who has notified' },
  family: { da: 'Handler om søskende eller forældre', en: 'Is about siblings or parents' },
  parents: { da: 'Det, forældrene har sagt', en: 'What the parents have said' },
  others: { da: 'Kan handle om andre', en: 'May be about others' },
  address: { da: 'Kan sige, hvor barnet er', en: 'May say where the child is' },
} as const satisfies Readonly<Record<string, Reason>>;
export type ThirdParty = keyof typeof THIRD_PARTIES;

/** One thing that is told. `key` names it for as long as the case stands. */
export type AccessItem = {
  readonly key: string;
  readonly section: string;
  readonly label: string | null;
  readonly text: string;
  readonly third: ThirdParty | null;
};

/** One case as its own people see it, opened; in Danish, as the answer is. */
export type AccessCase = {
  readonly id: string;
  readonly caseNumber: string;
  readonly facts: readonly { readonly label: string; readonly text: string; readonly third: ThirdParty | null }[];
  /** With no other child than this one. */
  readonly form: Partial<NotificationForm> | null;
  readonly callNote: string | null;
  readonly inquiry: string | null;
  readonly additions: readonly { readonly id: string; readonly at: string; readonly text: string }[];
  readonly lines: readonly {
    readonly seq: number;
    readonly kind: string;
    readonly at: string;
    readonly name: string;
    readonly words: readonly string[];
  }[];
  readonly files: readonly {
    readonly id: string;
    readonly name: string;
    readonly bytes: number;
    readonly sha256: string;
  }[];
  readonly lookups: readonly { readonly id: string; readonly at: string; readonly why: string }[];
};

/** Parts of a notification that speak, or may speak, of others than the child: everything that is written freely. */
const PARTS = {
  children: null,
  concern: 'others',
  triedSoFar: 'others',
  acute: 'others',
  need: null,
  honour: 'others',
  violence: 'others',
  family: 'family',
  parentsInformed: 'parents',
  notifier: 'notifier',
} as const satisfies Partial<Record<keyof NotificationForm, ThirdParty | null>>;

/** A parent whom the child is protected from may be the one who asks. */
const ADDRESS = /^children\.(address|institution|protectedAddress)/;
/** Who has asked for access is mostly a parent. */
const PARENTS_LINE = /^(parents-|hearing-|access-requested|access-withdrawn)/;
/** A colleague who is related to the child; siblings, and other children's records; files, by their names. */
const OTHERS_LINE = /^(person-|sibling-|child-|children-|restrict|left-without-handler|file-)/;
/** What was said about the notifier, or to them: that it was says something, also without a word. */
const NOTIFIER_LINE = /^(notifier-|basis-|feedback-|withholding-|receipt-|letter-|request|more-|mail-)/;

/** What the system and routing say in words of their own, which speak of units and clocks. */
const OWN_LINE =
  /^(access-|acknowledged|routed|owned|clock|alarm|reviewed-at-closing|task-|unit-changed|step-begun|pause)/;

/** A line of no kind that speaks of others may do so in its words. */
const thirdOf = (kind: string, words: readonly string[]): ThirdParty | null => {
  if (PARENTS_LINE.test(kind)) return 'parents';
  if (OTHERS_LINE.test(kind)) return 'others';
  if (NOTIFIER_LINE.test(kind)) return 'notifier';
  return words.length > 0 && !OWN_LINE.test(kind) ? 'others' : null;
};

const formItems = (of: AccessCase, section: (part: string) => string, say: Say): AccessItem[] =>
  Object.entries(PARTS).flatMap(([part, third]) =>
    linesOf(part, of.form?.[part as keyof typeof PARTS], say).map(({ field, number, value }, at) => ({
      key: `${of.id}:${field}:${at}`,
      section: section(FIELD_LABELS[part as keyof typeof PARTS].da),
      label: number === null ? FIELD_LABELS[field].da : `${FIELD_LABELS[field].da} (${number})`,
      text: value,
      third: ADDRESS.test(field) ? ('address' as const) : third,
    })),
  );

/** All that a case holds of the child, item by item, in the order in which it is read. */
export const itemsOf = (of: AccessCase, say: Say): readonly AccessItem[] => {
  const section = (what: string): string => `${of.caseNumber}: ${what}`;
  const item = (key: string, what: string, label: string | null, text: string, third: ThirdParty | null) => ({
    ...{ key: `${of.id}:${key}`, section: section(what), label, text, third },
  });
  return [
    ...of.facts.map(({ label, text, third }) => item(`fact:${label}`, 'Sagen', label, text, third)),
    ...formItems(of, section, say),
    ...(of.callNote ? [item('call-note', 'Underretningen', 'Notat om opkaldet', of.callNote, 'notifier')] : []),
    ...(of.inquiry ? [item('inquiry', 'Forespørgslen', null, of.inquiry, 'others')] : []),
    ...of.additions.map(({ id, at, text }) => item(`addition:${id}`, 'Tilføjet', at, text, 'notifier')),
    ...of.lines.map(({ seq, kind, at, name, words }) =>
      item(`line:${seq}`, 'Hvad der er sket', at, [name, ...words].join(' · '), thirdOf(kind, words)),
    ),
    ...of.files.map(({ id, name, bytes, sha256 }) =>
      item(`file:${id}`, 'Filer', name, `${sizeInWords(bytes).da}. SHA-256: ${sha256}`, 'others'),
    ),
    ...of.lookups.map(({ id, at, why }) => item(`lookup:${id}`, 'Hvem har set sagen', at, why, null)),
  ];
};

/** What a person has said of an item, and why. */
export type Reviewed = { readonly keep: boolean; readonly reason: string; readonly by: string; readonly at: string };
export type Review = Readonly<Record<string, Reviewed>>;

/** Throws INVALID for an item that is not there, or without a reason. */
export const reviewItem = (
  items: readonly AccessItem[],
  review: Review,
  { key, ...said }: Reviewed & { readonly key: string },
): Review => {
  if (!items.some((one) => one.key === key)) refuseField('key', 'unknown-choice');
  if (!said.reason.trim()) refuseField('reason', 'required');
  return { ...review, [key]: said };
};

/** Marked items that nobody has looked at. */
export const unreviewed = (items: readonly AccessItem[], review: Review): readonly AccessItem[] =>
  items.filter(({ key, third }) => third !== null && review[key] === undefined);

/**
 * What leaves. Of everything that was blacked out one line says that there was something: where it stood, or how often, would
 * tell what it was about. The reasons stay here.
 */
export type Told = Pick<AccessItem, 'section' | 'label'> & { readonly text: string | null };

const LEFT_OUT = 'Udeladt';

/** Throws ILLEGAL_TRANSITION while a marked item is not looked at. */
export const toldOf = (items: readonly AccessItem[], review: Review): readonly Told[] => {
  const left = unreviewed(items, review).length;
  if (left > 0) {
    throw illegal(
      `Der er ${left} punkter om andre, som nogen skal tage stilling til først.`,
      `${left} items about others must be looked at first.`,
    );
  }
  const kept = items.filter(({ key }) => review[key]?.keep !== false);
  const told: Told[] = kept.map(({ section, label, text }) => ({ section, label, text }));
  return kept.length === items.length ? told : [...told, { section: LEFT_OUT, label: null, text: null }];
};
