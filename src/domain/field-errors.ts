import type { z } from 'zod';
import { ACT_LABELS } from './act-labels.ts';
import { CONFLICT_REASONS } from './conflict-words.ts';
import { DESTRUCTION_REASONS } from './destruction-reasons.ts';
import { DomainError, type FieldError, type Reason } from './errors.ts';
import { FIELD_LABELS } from './field-labels.ts';
import { FILE_REASONS } from './file-reasons.ts';
import { UNIT_REASONS } from './unit-reasons.ts';

/** Reasons by code, as the rest of a sentence that begins with the field's name. */
const REASONS = {
  required: { da: 'skal udfyldes.', en: 'must be filled in.' },
  'not-text': { da: 'skal være en tekst.', en: 'must be a text.' },
  'not-yes-no': { da: 'skal være ja eller nej.', en: 'must be yes or no.' },
  'not-number': { da: 'skal være et helt tal.', en: 'must be a whole number.' },
  'not-list': { da: 'skal være en liste.', en: 'must be a list.' },
  'not-group': { da: 'skal være en gruppe af felter.', en: 'must be a group of fields.' },
  'wrong-kind': { da: 'har en forkert slags værdi.', en: 'has the wrong kind of value.' },
  'wrong-form': { da: 'er skrevet på en måde, der ikke kan læses.', en: 'is written in a way that cannot be read.' },
  'too-long': { da: 'er for lang. Forkort teksten.', en: 'is too long. Shorten the text.' },
  'too-short': { da: 'er for kort.', en: 'is too short.' },
  'too-many': { da: 'er for mange. Fjern nogle.', en: 'are too many. Remove some.' },
  'too-few': { da: 'mangler. Tilføj mindst én.', en: 'are missing. Add at least one.' },
  'out-of-range': { da: 'er uden for det mulige.', en: 'is outside what is possible.' },
  twice: { da: 'er valgt mere end én gang.', en: 'are chosen more than once.' },
  'control-characters': {
    da: 'indeholder skjulte tegn. Skriv teksten igen uden at kopiere den.',
    en: 'contains hidden characters. Type the text again instead of copying it.',
  },
  'unknown-field': { da: 'indeholder et felt, der ikke kendes.', en: 'contains a field that is not known.' },
  'unknown-choice': { da: 'skal være et af valgene på listen.', en: 'must be one of the choices on the list.' },
  date: { da: 'skal være en dato, for eksempel 2026-11-02.', en: 'must be a date, for example 2026-11-02.' },
  'future-date': { da: 'skal være en dag, der har været.', en: 'must be a day that has been.' },
  'not-ahead': { da: 'skal ligge i fremtiden.', en: 'must be in the future.' },
  'after-step': {
    da: 'ligger, efter at trinnet er slut. Mødet skal holdes inden.',
    en: 'is after the end of the step. The meeting must be held before.',
  },
  'pause-too-long': {
    da: 'ligger for langt fremme: så længe må en frist ikke hvile i alt.',
    en: 'is too far ahead: a clock may not rest for so long altogether.',
  },
  'past-date': { da: 'kan ikke være en dag, der har været.', en: 'cannot be a day that has been.' },
  'before-first': { da: 'skal være samme dag som den første eller senere.', en: 'must be the first day or later.' },
  'absence-known': {
    da: 'ligger i en fraværsperiode, der allerede er registreret.',
    en: 'lies within an absence that is registered already.',
  },
  'nobody-there': {
    da: 'er selv fraværende den dag, og ingen svarer i stedet.',
    en: 'is away on that day too, and nobody answers instead.',
  },
  'too-early': { da: 'ligger, før der var noget at sende.', en: 'is before there was anything to send.' },
  future: { da: 'kan ikke ligge i fremtiden.', en: 'cannot be in the future.' },
  'code-wrong': { da: 'er ikke den, vi sendte. Prøv igen.', en: 'is not the one that we sent. Try again.' },
  'code-over': { da: 'virker ikke mere. Bed om en ny.', en: 'does not work any more. Ask for a new one.' },
  'not-at-door': { da: 'passer ikke til den, du har sagt, du er.', en: 'does not fit who you said that you are.' },
  'not-found': { da: 'findes ikke her. Tjek tallene.', en: 'is not found here. Check the digits.' },
  'unit-closed': { da: 'skal være en enhed, der findes nu.', en: 'must be a unit that exists now.' },
  'may-not-own': { da: 'må ikke have ansvar for den slags.', en: 'may not own a matter of this kind.' },
  'person-changing': {
    da: 'indgår allerede i en ændring, der er planlagt.',
    en: 'is already part of a change that is planned.',
  },
  'takes-two': {
    da: 'får eller mister nu en rolle, som kræver to personer.',
    en: 'now gets or loses a role that takes two people.',
  },
  'last-administrator': {
    da: 'er den eneste administrator den dag. Giv først rollen til en anden.',
    en: 'is the only administrator on that day. Give the role to somebody else first.',
  },
  'ages-left-out': {
    da: 'skal også dække dem, som rækken nu gælder for. Ellers står de uden række; foreslå den i så fald selv under ansvarsmatricen.',
    en: 'must also cover those that the row now holds for. Else they are left without a row; if that is meant, propose it yourself on the page of the matrix.',
  },
  'below-closing': {
    da: 'må ikke høre under en enhed, der selv hører under den, der nedlægges.',
    en: 'must not belong to a unit that itself belongs to the one that closes.',
  },
  'own-unit': { da: 'skal være en anden enhed.', en: 'must be another unit.' },
  'not-a-party': { da: 'skal være part i uenigheden.', en: 'must be a party to the dispute.' },
  'not-in-unit': { da: 'skal være en medarbejder i enheden.', en: 'must be a member of the unit.' },
  email: { da: 'skal være en e-mailadresse.', en: 'must be an email address.' },
  phone: { da: 'skal være et telefonnummer.', en: 'must be a phone number.' },
  'postal-code': { da: 'skal være fire cifre.', en: 'must be four digits.' },
  'cpr-digits': {
    da: 'skal være ti cifre, med eller uden bindestreg.',
    en: 'must be ten digits, with or without a hyphen.',
  },
  'cpr-date': { da: 'begynder ikke med en fødselsdato.', en: 'does not begin with a date of birth.' },
  'cpr-training': {
    da: 'er et øvelsesnummer, som ingen har. Skriv barnets rigtige nummer.',
    en: "is a training number that nobody has. Give the child's real number.",
  },
  'cpr-missing': {
    da: 'skal udfyldes. Vælg "ukendt", hvis du ikke har det.',
    en: 'must be filled in. Choose "unknown" if you do not have it.',
  },
  'cpr-not-expected': {
    da: 'kan kun udfyldes for et barn, der er født og kendt.',
    en: 'can only be given for a child that is born and known.',
  },
  'child-twice': { da: 'står også ved et andet barn.', en: 'is also given for another child.' },
  'institution-unknown': { da: 'findes ikke på listen.', en: 'is not on the list.' },
  'need-unknown': { da: 'findes ikke på listen.', en: 'is not on the list.' },
  'not-in-use': {
    da: 'bruges ikke på den dag. Vælg en anden på listen.',
    en: 'is not in use on that day. Choose another on the list.',
  },
  'known-already': { da: 'findes allerede på listen.', en: 'is on the list already.' },
  'last-of-list': {
    da: 'er den sidste, der kan vælges. Tilføj en anden først.',
    en: 'is the last one that can be chosen. Add another first.',
  },
  'notifier-code': { da: 'skal være en kode, der bruges nu.', en: 'must be a code now in use.' },
  'anonymous-code': {
    da: 'skal være "anonym" netop når underretteren er anonym.',
    en: 'must be "anonymous" exactly when the notifier is anonymous.',
  },
  'anonymous-contact': {
    da: 'skal være tomt, når underretteren er anonym.',
    en: 'must be empty when the notifier is anonymous.',
  },
  'acute-why-missing': {
    da: 'skal udfyldes, når underretningen er markeret akut.',
    en: 'must be filled in when the notification is marked acute.',
  },
  'why-not-missing': {
    da: 'skal udfyldes, når forældrene ikke er orienteret.',
    en: 'must be filled in when the parents are not informed.',
  },
  'investigation-mandatory': {
    da: 'skal være en børnefaglig undersøgelse, når der er mistanke om vold eller overgreb. Kun en indsats straks kan komme først.',
    en: 'must be an investigation when violence or abuse is suspected. Only an immediate measure can come first.',
  },
  'notification-only': {
    da: 'kan kun vælges, når der er en underretning.',
    en: 'can only be chosen when there is a notification.',
  },
  'not-tomorrow': { da: 'skal være i morgen eller senere.', en: 'must be tomorrow or later.' },
  'not-next-year': { da: 'skal være næste år eller senere.', en: 'must be next year or later.' },
  'before-planned': {
    da: 'ligger før en version, der allerede er planlagt.',
    en: 'is before a version that is planned already.',
  },
  'end-before-start': { da: 'skal ligge efter begyndelsen.', en: 'must be after the beginning.' },
  'has-been': { da: 'kan ikke ligge i fortiden.', en: 'cannot be in the past.' },
  'on-duty-already': { da: 'har allerede vagt i det tidsrum.', en: 'is on duty already at that time.' },
  'closed-too-long': {
    da: 'lukker en enhed for længe i træk. Nedlæg den i organisationen.',
    en: 'closes a unit for too long at a stretch. Close it in the organisation.',
  },
  ...UNIT_REASONS,
  overlap: { da: 'overlapper hinanden.', en: 'overlap each other.' },
  'is-holiday': { da: 'er en helligdag i forvejen.', en: 'is a public holiday already.' },
  time: { da: 'skal være et klokkeslæt, for eksempel 08:00.', en: 'must be a time of day, for example 08:00.' },
  paragraph: {
    da: 'skal være paragraffer med komma imellem, for eksempel § 32, § 46.',
    en: 'must be paragraphs with commas between, for example § 32, § 46.',
  },
  'month-day': {
    da: 'skal være en dag om året (12-24) eller en dato (2026-12-23).',
    en: 'must be a day of each year (12-24) or a date (2026-12-23).',
  },
  'wrong-slots': {
    da: 'skal have de samme felter i krøllede parenteser som før, for eksempel {phone}, og ingen andre.',
    en: 'must have the same fields in braces as before, for example {phone}, and no others.',
  },
  'looks-like-cpr': {
    da: 'indeholder noget, der ligner et CPR-nummer. Fjern det.',
    en: 'holds something that looks like a CPR number. Remove it.',
  },
  'looks-like-phone': {
    da: 'indeholder noget, der ligner et telefonnummer. Fjern det.',
    en: 'holds something that looks like a phone number. Remove it.',
  },
  'looks-like-mail': {
    da: 'indeholder noget, der ligner en mailadresse. Fjern den.',
    en: 'holds something that looks like a mail address. Remove it.',
  },
  'names-somebody': {
    da: 'indeholder et navn fra sagen. Skriv, så ingen kan kendes.',
    en: 'holds a name from the case. Write so that nobody can be recognised.',
  },
  ...CONFLICT_REASONS,
  ...DESTRUCTION_REASONS,
  'nothing-changed': { da: 'er ikke ændret.', en: 'is not changed.' },
  ...FILE_REASONS,
  invalid: { da: 'er ikke gyldigt.', en: 'is not valid.' },
} as const satisfies Readonly<Record<string, Reason>>;
type FieldCode = keyof typeof REASONS;

type Labels = Readonly<Record<string, Reason>>;
type Path = readonly PropertyKey[];
type Issue = z.core.$ZodIssue;

const isFieldCode = (code: string): code is FieldCode => Object.hasOwn(REASONS, code);

const EXPECTED: Readonly<Record<string, FieldCode>> = {
  string: 'not-text',
  boolean: 'not-yes-no',
  number: 'not-number',
  int: 'not-number',
  array: 'not-list',
  object: 'not-group',
};

/** Zod's own codes; ours come as messages and are used as they are. */
const codeOf = (issue: Issue): FieldCode => {
  if (isFieldCode(issue.message)) return issue.message;
  switch (issue.code) {
    case 'invalid_type':
      // Zod leaves the input out of its issues; its own message is what tells a missing value.
      return issue.message.endsWith('received undefined') ? 'required' : (EXPECTED[issue.expected] ?? 'wrong-kind');
    case 'too_big':
      return issue.origin === 'string' ? 'too-long' : issue.origin === 'array' ? 'too-many' : 'out-of-range';
    case 'too_small':
      return issue.origin === 'string' ? 'too-short' : issue.origin === 'array' ? 'too-few' : 'out-of-range';
    case 'unrecognized_keys':
      return 'unknown-field';
    case 'invalid_value':
      return 'unknown-choice';
    case 'invalid_format':
      return issue.format === 'email' ? 'email' : issue.format === 'date' ? 'date' : 'wrong-form';
    case 'not_multiple_of':
      return 'out-of-range';
    default:
      return 'invalid';
  }
};

const labelOf = (path: Path, labels: Labels): Reason => {
  const names = path.filter((part) => typeof part !== 'number').map(String);
  const positions = path.filter((part) => typeof part === 'number' && part > 0).map((part) => Number(part) + 1);
  const label = labels[names.join('.')] ?? { da: 'Feltet', en: 'The field' };
  if (positions.length === 0) return label;
  return { da: `${label.da} (nr. ${positions.join('.')})`, en: `${label.en} (no. ${positions.join('.')})` };
};

/** The last branch of a union is the real one: the first only lets a blank field through. */
const flat = (issue: Issue, prefix: Path): readonly { readonly issue: Issue; readonly path: Path }[] => {
  const path = [...prefix, ...issue.path];
  const branch = issue.code === 'invalid_union' ? issue.errors.at(-1) : undefined;
  return branch && branch.length > 0 ? branch.flatMap((inner) => flat(inner, path)) : [{ issue, path }];
};

/**
 * Every refused field once, as a sentence in both languages that names the field and the reason. Never
 * repeats what was typed, unknown keys included. `labels` names fields of other forms than the notification.
 */
export function fieldErrors(error: z.core.$ZodError, labels: Labels = FIELD_LABELS): readonly FieldError[] {
  const errors = error.issues
    .flatMap((issue) => flat(issue, []))
    .map(({ issue, path }): FieldError => {
      const code = codeOf(issue);
      const label = labelOf(path, labels);
      const reason = REASONS[code];
      return {
        path: path.map(String).join('.'),
        code,
        da: `${label.da}: ${reason.da}`,
        en: `${label.en}: ${reason.en}`,
      };
    });
  return errors.filter(
    (one, at) => errors.findIndex((other) => other.path === one.path && other.code === one.code) === at,
  );
}

/** One refused field of an act, in both languages; path `''` is the request as a whole. */
export const refusedField = (path: string, code: FieldCode, labels: Labels = ACT_LABELS): FieldError => {
  const label = labels[path.replaceAll(/\.\d+/g, '')] ?? { da: 'Feltet', en: 'The field' };
  return { path, code, da: `${label.da}: ${REASONS[code].da}`, en: `${label.en}: ${REASONS[code].en}` };
};

/** The same, thrown as INVALID. */
export const refuseField = (path: string, code: FieldCode, labels: Labels = ACT_LABELS): never => {
  const field = refusedField(path, code, labels);
  throw new DomainError('INVALID', { da: field.da, en: field.en }, [field]);
};
