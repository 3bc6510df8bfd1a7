import type { Reason } from './errors.ts';

type Coded = Reason & { readonly code: string };

/** How parents were told or heard. */
export const PARENT_WAYS = [
  { code: 'meeting', da: 'Møde', en: 'Meeting' },
  { code: 'visit', da: 'Besøg', en: 'Visit' },
  { code: 'phone-call', da: 'Telefonsamtale', en: 'Phone call' },
  { code: 'letter', da: 'Brev eller Digital Post', en: 'Letter or digital post' },
  { code: 'other', da: 'Andet', en: 'Other' },
] as const satisfies readonly Coded[];
export type ParentWay = (typeof PARENT_WAYS)[number]['code'];
export const PARENT_WAY_CODES = PARENT_WAYS.map(({ code }) => code) as [ParentWay, ...ParentWay[]];

/** Why parents are not told. */
export const UNTOLD_REASONS = [
  { code: 'violence', da: 'Mistanke om vold eller overgreb', en: 'Violence or abuse is suspected' },
  { code: 'honour', da: 'Mistanke om æresrelateret konflikt', en: 'An honour-related conflict is suspected' },
  { code: 'police', da: 'Politiets efterforskning', en: 'The police investigate' },
  { code: 'child', da: 'Hensynet til barnet i øvrigt', en: "The child's interest otherwise" },
  { code: 'unreachable', da: 'De kan ikke træffes', en: 'They cannot be reached' },
  { code: 'other', da: 'Andet', en: 'Other' },
] as const satisfies readonly Coded[];
export type UntoldReason = (typeof UNTOLD_REASONS)[number]['code'];
export const UNTOLD_CODES = UNTOLD_REASONS.map(({ code }) => code) as [UntoldReason, ...UntoldReason[]];

/** Why nothing may reach the parents: what a notification on the child says, or a person. */
export const HOLD_REASONS = [
  { code: 'violence', da: 'Der er mistanke om vold eller overgreb.', en: 'Violence or abuse is suspected.' },
  {
    code: 'honour',
    da: 'Der er mistanke om æresrelateret konflikt. Risikoen skal vurderes først (barnets lov § 18, stk. 3).',
    en: 'An honour-related conflict is suspected. The risk must be assessed first (barnets lov § 18(3)).',
  },
  { code: 'by-hand', da: 'En medarbejder har bestemt det.', en: 'A member of staff has said so.' },
] as const satisfies readonly Coded[];
export type HoldReason = (typeof HOLD_REASONS)[number]['code'];
