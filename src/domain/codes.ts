import type { Reason } from './errors.ts';
import { isValid } from './organisation-tree.ts';
import { type LocalDay, T } from './time.ts';

/** A value of a dated code list: used from `from`, no longer on `until`. */
export type Code<Id extends string | number = string> = Reason & {
  readonly code: Id;
  readonly from: string | null;
  readonly until: string | null;
};

const always = { from: null, until: null } as const;
const until2024 = { from: null, until: '2024-01-01' } as const;
const from2024 = { from: '2024-01-01', until: null } as const;

/** Who notified. Source: Statistics Denmark, underretninger (BUU), variable for the notifier. */
export const NOTIFIER_CODES = [
  { code: 1, da: 'Anden kommunal instans eller kommune', en: 'Other municipal body or municipality', ...always },
  { code: 2, da: 'Skole', en: 'School', ...always },
  { code: 3, da: 'Dagtilbud, fritidstilbud', en: 'Daycare, after-school', ...always },
  { code: 4, da: 'Sundhedsvæsenet', en: 'Health service', ...always },
  { code: 5, da: 'Sundhedsplejerske, tandlæge', en: 'Health visitor, dentist', ...always },
  { code: 6, da: 'Politi, domstol', en: 'Police, court', ...always },
  { code: 7, da: 'Familie, barnet, bekendte', en: 'Family, child, acquaintances', ...until2024 },
  { code: 8, da: 'Anonym', en: 'Anonymous', ...always },
  { code: 9, da: 'Anbringelsessted', en: 'Placement', ...always },
  { code: 10, da: 'Foreninger, krisecentre', en: 'Associations, shelters', ...always },
  { code: 11, da: 'Anden underretter', en: 'Other', ...always },
  { code: 12, da: 'Barnet eller den unge selv', en: 'The child', ...from2024 },
  { code: 13, da: 'Familie, bekendte', en: 'Family, acquaintances', ...from2024 },
  { code: 99, da: 'Ukendt', en: 'Unknown', ...always },
] as const satisfies readonly Code<number>[];
export type NotifierCode = (typeof NOTIFIER_CODES)[number]['code'];
export const ANONYMOUS_NOTIFIER = 8 satisfies NotifierCode;

/** The paragraph under which somebody notifies. Source: barnets lov from 2024, before it serviceloven. */
export const LEGAL_BASES = [
  { code: 'professional', da: 'Fagperson', en: 'Professional', paragraph: '§ 133', before2024: '§ 153', ...always },
  {
    code: 'municipality',
    da: 'Anden kommune',
    en: 'Other municipality',
    paragraph: '§ 132',
    before2024: '§ 152',
    ...always,
  },
  { code: 'citizen', da: 'Borger', en: 'Citizen', paragraph: '§ 135', before2024: '§ 154', ...always },
  {
    code: 'anonymous',
    da: 'Anonym borger',
    en: 'Anonymous citizen',
    paragraph: '§ 135',
    before2024: '§ 154',
    ...always,
  },
] as const satisfies readonly (Code & { paragraph: string; before2024: string })[];
export type LegalBasis = (typeof LEGAL_BASES)[number]['code'];

/** How it reached the municipality. Everything but the form is registered by intake. */
export const CHANNELS = [
  { code: 'form', da: 'Formularen', en: 'The form', ...always },
  { code: 'phone', da: 'Telefon', en: 'Phone', ...always },
  { code: 'letter', da: 'Brev', en: 'Letter', ...always },
  { code: 'secure-mail', da: 'Sikker mail', en: 'Secure mail', ...always },
  { code: 'municipality', da: 'Anden kommune', en: 'Another municipality', ...always },
] as const satisfies readonly Code[];

type ReasonCode = Code & { readonly group: 'child' | 'parents' | 'other'; readonly version: number };

const reason = <Id extends string>(group: ReasonCode['group'], code: Id, da: string, en: string) => ({
  code,
  group,
  version: 1,
  da,
  en,
  ...always,
});

/** Why the notifier is worried. Version 1: the exact present list of Statistics Denmark was not found (recalled). */
export const REASON_CODES = [
  reason('child', 'child-substance-use', 'Barnets misbrug', 'Substance use'),
  reason('child', 'child-crime', 'Barnets kriminalitet', 'Crime'),
  reason('child', 'child-school', 'Skoleproblemer eller fravær', 'School problems or absence'),
  reason('child', 'child-behaviour', 'Anden bekymrende adfærd hos barnet', 'Other worrying behaviour'),
  reason('child', 'child-disability', 'Barnets funktionsnedsættelse', 'Disability'),
  reason('child', 'child-health', 'Barnets helbred', 'Health'),
  reason('child', 'abuse-by-others', 'Overgreb fra andre', 'Abuse by others'),
  reason('child', 'abuse-by-parents', 'Overgreb fra forældre', 'Abuse by parents'),
  reason('child', 'neglect', 'Andet omsorgssvigt', 'Other neglect'),
  reason('parents', 'parents-substance-use', 'Forældres misbrug', "Parents' substance use"),
  reason('parents', 'parents-crime', 'Forældres kriminalitet', "Parents' crime"),
  reason('parents', 'parents-behaviour', 'Anden bekymrende adfærd hos forældre', "Parents' other worrying behaviour"),
  reason('parents', 'parents-disability', 'Forældres funktionsnedsættelse', "Parents' disability"),
  reason('parents', 'parents-health', 'Forældres helbred', "Parents' health"),
  reason('parents', 'conflict', 'Højt konfliktniveau eller vold i hjemmet', 'High conflict or violence'),
  reason('parents', 'insufficient-care', 'Utilstrækkelig omsorg', 'Insufficient care'),
  reason('other', 'homelessness', 'Udsættelse af bolig eller hjemløshed', 'Eviction or homelessness'),
  reason('other', 'other', 'Andet', 'Other'),
] as const satisfies readonly ReasonCode[];
export type ReasonId = (typeof REASON_CODES)[number]['code'];

const day = (text: string | null): LocalDay | null => (text === null ? null : T.PlainDate.from(text));

/** The values of a list that may be used on a local day. */
export const codesOn = <Row extends Code<string | number>>(list: readonly Row[], on: LocalDay): readonly Row[] =>
  list.filter((row) => isValid({ from: day(row.from), until: day(row.until) }, on));
