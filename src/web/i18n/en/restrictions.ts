import type { da } from '../da.ts';

export const restrictions: (typeof da)['restrictions'] = {
  badge: 'Restricted',
  heading: 'For these people only',
  lead: "Everybody else is told that the child's cases do not exist. Where a unit lacks somebody, the system opens the case to its leader or whoever is on duty.",
  whom: "Who may see the child's cases?",
  whomHint:
    'Choose at least one who can handle the case now, and one leader who can lift the restriction. Whoever is not chosen loses access.',
  choose: 'Staff and leaders',
  reason: 'Why is the case for them only?',
  submit: 'Save whom the case is open to',
  done: "It is stored. The child's cases are there only for those who are chosen.",
  liftReason: 'Why is it needed no more?',
  lift: 'Open the case to the unit again',
};
