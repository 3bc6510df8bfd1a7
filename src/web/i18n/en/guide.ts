import type { guide as danish } from '../da/guide.ts';
import type { SameKeys } from '../shape.ts';

export const guide: SameKeys<typeof danish> = {
  title: 'When two units disagree about who is responsible',
  link: 'The ladder: when two units disagree about who is responsible',
  lead: 'For you who lead a team. The page can be printed.',
  picture:
    'The ladder has four steps: the caseworkers, the team leaders, the managers and the directors. Each has its time. A dispute that is not settled by then climbs by itself. The coordinator may decide at steps 2 and 3.',
  certain: 'One thing is always certain',
  certainText:
    "One unit is responsible and acts, also while you disagree. The case's page says which one, since when, and whom to call. The periods of the law run on with it.",
  begins: 'How it begins',
  begins1: 'A unit declines a hand-over and names the one that asked.',
  begins2: 'A unit that was itself named declines too.',
  begins3: 'Work is sent back to a unit that has had it, and is not accepted within 4 opening hours.',
  begins4: 'One of you raises it, with a reason.',
  begins5:
    'When nobody has taken the case or answered a hand-over in time, it is an escalation. It ends when that is done.',
  todo: 'What you do at step 2',
  todo1: 'Open Disputes. What matters most stands at the top, with the reason.',
  todo2: 'Read what both units write, and what was decided before in cases like this one.',
  todo3:
    'If you agree, propose a settlement or accept the one proposed. When both have accepted, the unit is responsible.',
  todo4:
    'If you do not agree, write your reason and legal basis. The coordinator reads it and may decide. The first decision stands.',
  todo5: 'When you are away, your substitute answers. When there is none, the question goes to the unit above yours.',
  sees: 'Who sees what?',
  seesText:
    "Only the parties, those who may decide, and the coordinators know that there is a dispute. They see what the units write to each other, not the child's case. The notifier, the family and other units are told nothing of it.",
  own: "Your municipality may have set other times. Those in force stand on the dispute's own page.",
};
