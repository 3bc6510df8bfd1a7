import { sizeInWords } from './attachments.ts';
import { dayInWords, inWords } from './deadline-explanation.ts';
import type { Reason } from './errors.ts';
import { FIELD_LABELS } from './field-labels.ts';
import { linesOf } from './form-lines.ts';
import { type FormNames, sayAnswer } from './form-words.ts';
import type { NotificationForm } from './notification-form.ts';
import { type Instant, localDay } from './time.ts';

type Language = 'da' | 'en';

/** What a notifier sent and when it was received; nothing of what became of it. */
export type ProofFacts = {
  readonly notificationId: string;
  readonly municipality: string;
  readonly form: NotificationForm;
  readonly receivedAt: Instant;
  /** What the notifier added since; never what a unit did. */
  readonly additions: readonly { readonly at: Instant; readonly text: string }[];
  /** What lay beside it when it was sent, and what was laid there since. */
  readonly files: readonly {
    readonly at: Instant;
    readonly name: string;
    readonly bytes: number;
    readonly sha256: string;
    readonly refused: boolean;
  }[];
  readonly printedAt: Instant;
};

export type Proof = {
  readonly title: string;
  readonly sections: readonly {
    readonly heading: string;
    readonly lines: readonly { readonly label: string | null; readonly text: string }[];
  }[];
};

const both = (da: string, en: string): Reason => ({ da, en });
const TITLE = both('Kvittering for underretning', 'Receipt of a notification');
const RECEIVED = both('Modtaget', 'Received');
const REFERENCE = both('Underretningens nummer', 'Number of the notification');
const PRINTED = both('Udskrevet', 'Printed');
const FILES = both('Filer', 'Files');
const REFUSED = both('Afvist og slettet: indeholdt skadelig kode.', 'Refused and deleted: it held harmful code.');
const ADDED = both('Tilføjet', 'Added');

/** To the minute, as the receipt has it. */
const minute = (at: Instant): Reason => inWords(at.round({ smallestUnit: 'minute', roundingMode: 'floor' }));

const PARTS = [
  'children',
  'family',
  'concern',
  'triedSoFar',
  'parentsInformed',
  'acute',
  'violence',
  'honour',
  'need',
  'notifier',
] as const satisfies readonly (keyof NotificationForm)[];

/** Enough to say later whether a file is the one that was sent: its name, its size, and the digest of its content. */
const fileLine = ({ name, bytes, sha256, refused, at }: ProofFacts['files'][number], language: Language) => ({
  label: name,
  text: [
    `${sizeInWords(bytes)[language]}, ${minute(at)[language]}.`,
    `SHA-256: ${sha256}`,
    ...(refused ? [REFUSED[language]] : []),
  ].join(' '),
});

/**
 * The printable proof of what was received and when, in the language of the screen: every answer as it was sent, in the
 * form's order, then what the notifier has added. No unit, no person of the municipality, no stage, no date of the case.
 */
export const proofOf = (facts: ProofFacts, names: FormNames, language: Language): Proof => {
  const say = (field: string, value: unknown) => sayAnswer(field, value, names)?.[language] ?? null;
  const { form, receivedAt, additions, files, municipality, notificationId, printedAt } = facts;
  const received = both(
    `${municipality} modtog underretningen ${minute(receivedAt).da}.`,
    `${municipality} received the notification on ${minute(receivedAt).en}.`,
  );
  const parts = PARTS.map((part) => ({ part, lines: linesOf(part, form[part], say) }));
  return {
    title: TITLE[language],
    sections: [
      {
        heading: RECEIVED[language],
        lines: [
          { label: null, text: received[language] },
          { label: REFERENCE[language], text: notificationId },
          { label: PRINTED[language], text: dayInWords(localDay(printedAt))[language] },
        ],
      },
      ...parts
        .filter(({ lines }) => lines.length > 0)
        .map(({ part, lines }) => ({
          heading: FIELD_LABELS[part][language],
          lines: lines.map(({ field, number, value }) => ({
            label: number === null ? FIELD_LABELS[field][language] : `${FIELD_LABELS[field][language]} (${number})`,
            text: value,
          })),
        })),
      ...(files.length === 0
        ? []
        : [{ heading: FILES[language], lines: files.map((file) => fileLine(file, language)) }]),
      ...additions.map(({ at, text }) => ({
        heading: `${ADDED[language]} ${minute(at)[language]}`,
        lines: [{ label: null, text }],
      })),
    ],
  };
};
