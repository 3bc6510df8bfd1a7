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
  changed: { da: 'Er ændret, siden nogen tog stilling', en: 'Has changed since somebody looked at it' },
} as const satisfies Readonly<Record<string, Reason>>;
export type ThirdParty = keyof typeof THIRD_PARTIES;

/** One thing that is told. `place` names it for as long as the case stands, `key` for as long as it says the same. */
export type AccessItem = {
  readonly key: string;
  readonly place: string;
  readonly section: string;
  readonly label: string | null;
  readonly text: string;
  readonly third: ThirdParty | null;
};

/** One case as its own people see it, opened; in Danish, as the answer is. */
export type AccessCase = {
  readonly id: string;
  readonly caseNumber: string;
  /** Where the child lives is protected, and so is which part of the city answers for it. */
  readonly isProtected: boolean;
  readonly facts: readonly { readonly label: string; readonly text: string; readonly third: ThirdParty | null }[];
  /** With no other child than this one. */
  readonly form: Partial<NotificationForm> | null;
  /** What the case system's list says of the child. */
  readonly known: readonly string[];
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
  /** What was told to the notifier, or asked of them, sentence by sentence. */
  readonly told: readonly { readonly id: string; readonly at: string; readonly text: string }[];
  readonly files: readonly { readonly id: string; readonly name: string; readonly bytes: number }[];
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

/**
 * A line of no kind that speaks of others may do so in its words; of a child whose address is protected, those that speak
 * of units say where it is.
 */
const thirdOf = (kind: string, words: readonly string[], isProtected: boolean): ThirdParty | null => {
  if (PARENTS_LINE.test(kind)) return 'parents';
  if (OTHERS_LINE.test(kind)) return 'others';
  if (NOTIFIER_LINE.test(kind)) return 'notifier';
  if (words.length === 0) return null;
  if (!OWN_LINE.test(kind)) return 'others';
  return isProtected ? 'address' : null;
};

type Unkeyed = Omit<AccessItem, 'key'>;

const formItems = (of: AccessCase, section: (part: string) => string, say: Say): Unkeyed[] =>
  Object.entries(PARTS).flatMap(([part, third]) =>
    linesOf(part, of.form?.[part as keyof typeof PARTS], say).map(({ field, number, value }, at) => ({
      place: `${of.id}:${field}:${at}`,
      section: section(FIELD_LABELS[part as keyof typeof PARTS].da),
      label: number === null ? FIELD_LABELS[field].da : `${FIELD_LABELS[field].da} (${number})`,
      text: value,
      third: ADDRESS.test(field) ? ('address' as const) : third,
    })),
  );

/** All that a case holds of the child, item by item, in the order in which it is read. `digest`: of a text, to name it by. */
export const itemsOf = (of: AccessCase, say: Say, digest: (text: string) => string): readonly AccessItem[] => {
  const section = (what: string): string => `${of.caseNumber}: ${what}`;
  const item = (place: string, what: string, label: string | null, text: string, third: ThirdParty | null) => ({
    ...{ place: `${of.id}:${place}`, section: section(what), label, text, third },
  });
  const items: readonly Unkeyed[] = [
    ...of.facts.map(({ label, text, third }) => item(`fact:${label}`, 'Sagen', label, text, third)),
    ...of.known.map((text, at) =>
      item(`known:${at}`, 'Fra fagsystemet', null, text, of.isProtected ? 'address' : null),
    ),
    ...formItems(of, section, say),
    ...(of.callNote ? [item('call-note', 'Underretningen', 'Notat om opkaldet', of.callNote, 'notifier')] : []),
    ...(of.inquiry ? [item('inquiry', 'Forespørgslen', null, of.inquiry, 'others')] : []),
    ...of.additions.map(({ id, at, text }) => item(`addition:${id}`, 'Tilføjet', at, text, 'notifier')),
    ...of.lines.map(({ seq, kind, at, name, words }) =>
      item(`line:${seq}`, 'Hvad der er sket', at, [name, ...words].join(' · '), thirdOf(kind, words, of.isProtected)),
    ),
    ...of.told.map(({ id, at, text }) => item(`told:${id}`, 'Sagt til underretteren', at, text, 'notifier')),
    ...of.files.map(({ id, name, bytes }) => item(`file:${id}`, 'Filer', name, sizeInWords(bytes).da, 'others')),
    ...of.lookups.map(({ id, at, why }) => item(`lookup:${id}`, 'Hvem har set sagen', at, why, null)),
  ];
  return items.map((one) => ({ ...one, key: `${one.place}:${digest(one.text)}` }));
};

/** What a person has said of an item, and why. */
export type Reviewed = { readonly keep: boolean; readonly reason: string; readonly by: string; readonly at: string };
/** By the item's key; `place`: its place. What says something else since then is another item. */
export type Review = Readonly<Record<string, Reviewed & { readonly place: string }>>;

/** With a mark on what somebody has said something of that does not say the same any more. */
export const markChanged = (items: readonly AccessItem[], review: Review): readonly AccessItem[] => {
  const places = new Set(Object.values(review).map(({ place }) => place));
  return items.map((item) =>
    item.third === null && places.has(item.place) && !review[item.key] ? { ...item, third: 'changed' } : item,
  );
};

/** Throws INVALID for an item that is not there, or does not say that any more, or without a reason. */
export const reviewItem = (
  items: readonly AccessItem[],
  review: Review,
  { key, ...said }: Reviewed & { readonly key: string },
): Review => {
  const place = items.find((one) => one.key === key)?.place ?? refuseField('key', 'unknown-choice');
  if (!said.reason.trim()) refuseField('reason', 'required');
  return { ...review, [key]: { ...said, place } };
};

/** Marked items that nobody has looked at as they are now. */
export const unreviewed = (items: readonly AccessItem[], review: Review): readonly AccessItem[] =>
  markChanged(items, review).filter(({ key, third }) => third !== null && review[key] === undefined);

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
