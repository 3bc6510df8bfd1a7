import type { Code, CodeLists, MeasureType, NotifierKind, ReasonCode } from './codes.ts';

const always = { from: null, until: null };

/** Statistics Denmark, underretninger (BUU), variable for the notifier. */
const notifier = (
  code: number,
  da: string,
  en: string,
  dated: Partial<Pick<Code, 'from' | 'until'>> = {},
): NotifierKind => ({
  code,
  da,
  en,
  ...always,
  ...dated,
  source: 'Danmarks Statistik, underretninger (BUU): hvem der underretter',
});

/** The exact present list of Statistics Denmark was not found (recalled). */
const reason = (group: ReasonCode['group'], code: string, da: string, en: string): ReasonCode => ({
  code,
  group,
  da,
  en,
  ...always,
  source: 'Danmarks Statistik, underretninger; listen er gengivet efter hukommelsen',
});

/** Words as a notifier may be told them: no unit, no place, nobody's name. */
const measure = (
  code: string,
  da: string,
  en: string,
  group: MeasureType['group'],
  paragraph: string,
): MeasureType => ({
  code,
  da,
  en,
  group,
  paragraph,
  ...always,
  source: 'barnets lov; paragraffen er gengivet efter hukommelsen og efterprøves af en jurist',
});

/** The code lists as they are delivered. */
export const CODES: CodeLists = {
  notifiers: [
    notifier(1, 'Anden kommunal instans eller kommune', 'Other municipal body or municipality'),
    notifier(2, 'Skole', 'School'),
    notifier(3, 'Dagtilbud, fritidstilbud', 'Daycare, after-school'),
    notifier(4, 'Sundhedsvæsenet', 'Health service'),
    notifier(5, 'Sundhedsplejerske, tandlæge', 'Health visitor, dentist'),
    notifier(6, 'Politi, domstol', 'Police, court'),
    notifier(7, 'Familie, barnet, bekendte', 'Family, child, acquaintances', { until: '2024-01-01' }),
    notifier(8, 'Anonym', 'Anonymous'),
    notifier(9, 'Anbringelsessted', 'Placement'),
    notifier(10, 'Foreninger, krisecentre', 'Associations, shelters'),
    notifier(11, 'Anden underretter', 'Other'),
    notifier(12, 'Barnet eller den unge selv', 'The child', { from: '2024-01-01' }),
    notifier(13, 'Familie, bekendte', 'Family, acquaintances', { from: '2024-01-01' }),
    notifier(99, 'Ukendt', 'Unknown'),
  ],
  reasons: [
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
  ],
  measures: [
    measure('preventive-counselling', 'Rådgivningsforløb', 'A course of counselling', 'supportive', '§ 30'),
    measure('preventive-group', 'Gruppeforløb', 'A group for children or parents', 'supportive', '§ 30'),
    measure('practical-support', 'Støtte i hjemmet', 'Support at home', 'supportive', '§ 32'),
    measure('family-treatment', 'Familiebehandling', 'Family treatment', 'supportive', '§ 32'),
    measure('contact-person', 'Fast kontaktperson', 'A permanent contact person', 'supportive', '§ 32'),
    measure('respite', 'Aflastning', 'Respite care', 'supportive', '§ 32'),
    measure('other-support', 'Anden støtte', 'Other support', 'supportive', '§ 32'),
    measure('foster-family', 'Anbringelse i plejefamilie', 'Placement in a foster family', 'placement', '§ 46'),
    measure('residential', 'Anbringelse på børne- og ungehjem', 'Placement in a residential home', 'placement', '§ 46'),
    measure('placement-without-consent', 'Anbringelse uden samtykke', 'Placement without consent', 'placement', '§ 47'),
  ],
};
