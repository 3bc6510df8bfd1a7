import type { da } from '../da.ts';

export const conflicts: (typeof da)['conflicts'] = {
  heading: 'Related to the child',
  lead: "They know the child privately. The child's cases are not there for them.",
  by: 'Said by {{who}}, {{when}}',
  reasonHint: "Stands in the case's timeline only. Say briefly how they are related.",
  declare: {
    reason: 'Why can you not handle it?',
    submit: 'I am related to the child',
    done: "It is stored. The child's cases are not there for you any more, and what you had goes on to a colleague.",
  },
  name: {
    where: 'Where does the person work?',
    concerned: 'In or above a unit that has a part in the case',
    whom: 'Who is related to the child?',
    reason: 'Why can they not handle it?',
    submit: "Close the person's access",
    done: "It is stored. The person does not see the child's cases any more, and what they had goes on to a colleague.",
  },
  lift: {
    whom: 'Who is no longer related to the child?',
    reason: 'Why may they see the case again?',
    submit: "Open the person's access",
  },
};
