import { type Code, codesOn } from './codes.ts';
import type { LocalDay } from './time.ts';

/** `group` is what tier 1 of the feedback may call it; `source` says where the paragraph comes from. */
export type MeasureType = Code & {
  readonly group: 'supportive' | 'placement';
  readonly paragraph: string;
  readonly source: string;
};

const SOURCE = 'barnets lov; paragraffen er gengivet efter hukommelsen og efterprøves af en jurist';
const always = { from: null, until: null } as const;

const type = <Id extends string>(code: Id, da: string, en: string, group: MeasureType['group'], paragraph: string) => ({
  code,
  da,
  en,
  group,
  paragraph,
  source: SOURCE,
  ...always,
});

/** Help that can be put in place. Words as a notifier may be told them: no unit, no place, nobody's name. */
export const MEASURE_TYPES = [
  type('preventive-counselling', 'Rådgivningsforløb', 'A course of counselling', 'supportive', '§ 30'),
  type('preventive-group', 'Gruppeforløb', 'A group for children or parents', 'supportive', '§ 30'),
  type('practical-support', 'Støtte i hjemmet', 'Support at home', 'supportive', '§ 32'),
  type('family-treatment', 'Familiebehandling', 'Family treatment', 'supportive', '§ 32'),
  type('contact-person', 'Fast kontaktperson', 'A permanent contact person', 'supportive', '§ 32'),
  type('respite', 'Aflastning', 'Respite care', 'supportive', '§ 32'),
  type('other-support', 'Anden støtte', 'Other support', 'supportive', '§ 32'),
  type('foster-family', 'Anbringelse i plejefamilie', 'Placement in a foster family', 'placement', '§ 46'),
  type('residential', 'Anbringelse på børne- og ungehjem', 'Placement in a residential home', 'placement', '§ 46'),
  type('placement-without-consent', 'Anbringelse uden samtykke', 'Placement without consent', 'placement', '§ 47'),
] as const satisfies readonly MeasureType[];

export type MeasureTypeId = (typeof MEASURE_TYPES)[number]['code'];
export const MEASURE_TYPE_CODES = MEASURE_TYPES.map((row) => row.code) as [MeasureTypeId, ...MeasureTypeId[]];

/** The types that may be started on a local day. */
export const measureTypesOn = (on: LocalDay): readonly MeasureType[] => codesOn<MeasureType>(MEASURE_TYPES, on);

/** Also for types no longer in use. Throws RangeError for what never was one. */
export const measureType = (code: string): MeasureType => {
  const found = MEASURE_TYPES.find((row) => row.code === code);
  if (!found) throw new RangeError('no such type of measure');
  return found;
};
