import type { telling as da } from '../da/telling.ts';
import type { SameKeys } from '../shape.ts';

export const telling: SameKeys<typeof da> = {
  lift: {
    lift: 'Withhold it no longer',
    liftTold:
      'Feedback is owed again with a new deadline, and you can give it afterwards. The notifier hears nothing before there is something to tell.',
    heading: 'The feedback is withheld',
    lead: 'The notifier has been told that nothing more can be told. If the special circumstances are over, it can be given.',
    reason: 'Why is it not to be withheld any longer?',
    submit: 'Withhold it no longer',
    done: 'Feedback is owed again. You can give it now.',
  },
  sentence: {
    which: 'Which sentence?',
    da: 'In Danish',
    en: 'In English',
    hint: 'What stands in braces is filled in from the case. Keep it as it is.',
    heading: 'Words of the feedback',
    names: {
      received: 'Received',
      investigation: 'Investigation started',
      'limited-examination': 'Limited examination started',
      supportive: 'Supportive measure started',
      placement: 'Placement started',
      none: 'Nothing started',
      unnamed: 'Dealt with, without saying how',
      measure: 'Type of measure',
      'measure-months': 'Type and duration of measure',
      'call-me': 'Call me',
      meeting: 'Propose a meeting',
      withheld: 'Withheld',
      contact: 'Whom to call',
    },
  },
};
