import type { pages as danish } from '../da/pages.ts';
import type { SameKeys } from '../shape.ts';

export const pages: SameKeys<typeof danish> = {
  help: {
    title: 'When you are worried',
    lead: 'You need not be certain. Your worry is enough.',
    now: 'Is the child in danger now?',
    nowText: 'Call 112 if there is danger to life. Otherwise call the municipality, day and night:',
    nowTextNoPhone: "Call 112 if there is danger to life. Otherwise call the municipality's duty unit.",
    ask: 'Whom can I ask?',
    ask1: "Speak with your leader or a colleague. You need not mention the child's name.",
    ask2: "Ask the school's social worker or the municipality's intake. They may advise you without the child being named.",
    ask3: 'As a professional you have a duty of your own to notify. It cannot be passed on to a colleague or a leader.',
    when: 'When must I notify?',
    when1: 'When a child may need special support.',
    when2: 'When an unborn child may need support right after birth.',
    when3: 'When a child is unlawfully absent from school.',
    when4: 'When a child has been exposed to violence or other abuse.',
    good: 'What is a good notification?',
    good1: 'It tells what you have seen and heard, and when.',
    good2: "It uses the child's own words.",
    good3: 'It also says what is good for the child, and what you have tried.',
    good4: 'The parents can read it without being surprised.',
    after: 'What happens afterwards?',
    after1: 'You get a receipt when the notification has been received.',
    after2: 'Within 24 hours the municipality assesses whether the child must be helped at once.',
    after3: 'A unit becomes responsible. You can always see the department and a phone number.',
    after4:
      'As a professional you are told whether something has been started. How much you may be told is decided by law.',
    parents: 'What are the parents told?',
    parentsText:
      'The parents normally get to read the notification and to know who wrote it. On suspicion of violence or abuse they do not, before a named caseworker has decided on it.',
  },
  accessibility: {
    title: 'Accessibility statement',
    lead: 'Everyone should be able to use Bindeled. The aim is EN 301 549, which builds on WCAG 2.1 level AA.',
    how: 'What we have done',
    how1: 'Everything can be done by keyboard. Keyboard shortcuts can be switched off on the worklist.',
    how2: 'Text can be enlarged to 200 %, and the pages work down to a width of 360 pixels.',
    how3: 'Status and deadlines are given in words and not by colour alone.',
    how4: 'Errors stand together at the top and beside the field they concern.',
    missing: 'What is missing',
    missingText:
      'This edition has not been examined by an independent tester. The municipality adds the result before it is taken into use.',
    tell: 'Tell us',
    tellText:
      'If there is something you cannot use, call the department named on your page. You can complain to the Danish Agency for Digital Government, which supervises accessibility.',
  },
};
