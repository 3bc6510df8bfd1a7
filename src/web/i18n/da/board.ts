export const board = {
  columns: { why: 'Vigtigst først' },
  concerns: {
    acute: 'Akut',
    'run-out': 'Tiden er gået, og ingen har afgjort den',
    'sent-around': 'Sendt rundt {{turns}} gange',
    'ends-soon': 'Trinnet slutter snart',
    'long-open': 'Åben i over 10 arbejdsdage',
    none: 'Følger stigen',
  },
  decide: 'Afgør den nu',
  showing_one: 'Viser {{count}} sag',
  showing_other: 'Viser {{count}} sager',
  filter: {
    label: 'Vælg, hvad listen viser',
    unit: 'Enhed',
    all: 'Alle enheder',
    chosen: 'Valgt',
    remove: 'Vis alle igen',
  },
} as const;
