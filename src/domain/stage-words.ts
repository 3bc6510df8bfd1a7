import type { NoticeStage } from './alarms.ts';
import type { Reason } from './errors.ts';

/** How far a clock has run, as a notice about it says. */
export const STAGE_WORDS: Readonly<Record<NoticeStage, Reason>> = {
  quarter: { da: 'En fjerdedel af tiden er gået.', en: 'A quarter of the time has passed.' },
  half: { da: 'Halvdelen af tiden er gået.', en: 'Half of the time has passed.' },
  early: { da: 'Fristen nærmer sig.', en: 'The deadline is coming closer.' },
  'last-workday': {
    da: 'Det er den sidste arbejdsdag før fristen.',
    en: 'This is the last workday before the deadline.',
  },
  'last-open-day': {
    da: 'Det er den sidste åbningsdag inden fristen.',
    en: 'This is the last open day up to the deadline.',
  },
  'last-day': { da: 'Det er den sidste dag.', en: 'This is the last day.' },
  end: { da: 'Fristen er nået.', en: 'The deadline has been reached.' },
  after: { da: 'Fristen er overskredet.', en: 'The deadline has passed.' },
  'pause-ended': { da: 'Pausen er slut, og fristen løber igen.', en: 'The pause is over and the clock runs again.' },
};
