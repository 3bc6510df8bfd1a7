import type { guidance as danish } from '../da/guidance.ts';
import type { SameKeys } from '../shape.ts';

export const guidance: SameKeys<typeof danish> = {
  title: 'Advice for this step',
  children: {
    one: 'If you are worried about several children of one family, include them here. Each child gets its own case.',
    two: 'The case can well be created without a CPR number. Give a name and an approximate age, and we find the rest.',
    three: 'School or daycare helps us when the address is not known.',
  },
  family: {
    one: 'Write only what you know. It is all right to skip this.',
    two: 'If you know who has custody, things go faster.',
    three: 'The need of an interpreter is important: it makes the first meeting right.',
  },
  concern: {
    one: 'Write what you have seen and heard, and when. Concrete examples help more than judgements.',
    two: "The child's own words weigh heavily. Write them as they were said.",
    three: 'Write what is good, too: what can the child do, and who is there for it?',
    four: 'The parents normally read along. Write respectfully and without guessing.',
  },
  tried: {
    one: 'For example talks, support in class, network meetings, educational psychologists.',
    two: 'Write what helped and what did not.',
  },
  parents: {
    one: 'It is usually best that the parents hear it from you before you send.',
    two: 'The exception is suspicion of violence or abuse, or when the child may come into danger. Then call the municipality first.',
  },
  acute: {
    one: 'If it is urgent, call. Nobody should wait for a notification to be read.',
    two: 'The municipality assesses every notification within 24 hours, also those that are not acute.',
    three: "If in doubt, call and ask. You need not mention the child's name.",
  },
  notifier: {
    one: 'As a professional you cannot be anonymous towards the family.',
    two: 'Give your work mail and not a private one.',
    three: 'Professionals are told whether something has been started.',
  },
  review: {
    one: 'Can a stranger understand what you are worried about?',
    two: 'Is it clear what you have seen yourself and what others have told?',
    three: 'Is there anything that concerns only others than the child? Then take it out.',
  },
};
