export const lookups = {
  ask: 'Who has looked at the case?',
  lead: 'All look-ups in the case, newest first: who, in which role, when and why. Your own look at this list is there too.',
  count_one: '{{count}} look-up.',
  count_other: '{{count}} look-ups.',
  more: 'The {{shown}} newest are shown.',
  as: '{{who}}, {{role}}, {{unit}}',
  gone: 'Unknown person',
};
