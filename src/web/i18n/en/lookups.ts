export const lookups = {
  ask: 'Who has looked at the case?',
  lead: 'All look-ups in the case, newest first: who, in which role, when and why. Your own look at this list is there too.',
  count_one: '{{count}} look-up.',
  count_other: '{{count}} look-ups.',
  more: 'The {{shown}} newest are shown.',
  as: '{{who}}, {{role}}, {{unit}}',
  gone: 'Unknown person',
  reading: {
    ask: 'See what was read',
    lead: 'The day before and until the task came, the newest first. That you see it is recorded.',
    none: 'Nothing was read in that time.',
  },
};
