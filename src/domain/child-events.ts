import type { Reason } from './errors.ts';

/** What lines of the journal are called that tell of the child's records, of who is related to it and of re-assessments. */
export const CHILD_EVENTS = {
  'child-identified': { da: 'Barnet er identificeret', en: 'The child was identified' },
  'child-corrected': { da: 'Rettet, hvilket barn det gælder', en: 'Corrected: which child it is about' },
  'children-merged': { da: 'Journaler om samme barn lagt sammen', en: 'Records of the same child merged' },
  'children-unmerged': { da: 'Journaler skilt ad igen', en: 'Records separated again' },
  'sibling-linked': { da: 'Søskende tilføjet', en: 'Sibling added' },
  'sibling-unlinked': { da: 'Søskende fjernet', en: 'Sibling removed' },
  'sibling-added-to': { da: 'Tilføjelse til en søskendes underretning', en: "Added to a sibling's notification" },
  'person-barred': { da: 'Inhabil: ser ikke længere sagen', en: 'Related to the child: sees it no more' },
  'left-without-handler': {
    da: 'Uden sagsbehandler: den, der havde sagen, er inhabil',
    en: 'Without a handler: whoever had the case is related to the child',
  },
  restricted: { da: 'Begrænset til navngivne personer', en: 'Restricted to named people' },
  'restriction-widened': {
    da: 'Åbnet for flere, så sagen ikke står uden nogen',
    en: 'Opened to more, so that the case is not without anybody',
  },
  'restriction-lifted': { da: 'Ikke længere begrænset', en: 'No longer restricted' },
  'emergency-opened': { da: 'Åbnet i nød af en, der ikke har sagen', en: 'Opened in an emergency by somebody else' },
  'person-let-in': { da: 'Ikke længere inhabil', en: 'No longer related to the child' },
  'reassessment-opened': { da: 'Sagen skal genvurderes', en: 'Re-assessment due' },
  'reassessment-lapsed': { da: 'Genvurdering ikke længere nødvendig', en: 'Re-assessment no longer due' },
  'reassessor-named': { da: 'Udpeget til genvurderingen', en: 'Named to re-assess' },
  reassessed: { da: 'Sagen er genvurderet', en: 'Re-assessed' },
} as const satisfies Readonly<Record<string, Reason>>;
