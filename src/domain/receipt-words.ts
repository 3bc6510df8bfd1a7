import type { Reason } from './errors.ts';

/** Tier 0. `received`: the instant in words. What is not known is left out. */
export type ReceiptFacts = {
  readonly received: Reason | null;
  readonly department: Reason | null;
  readonly phone: string | null;
};

/**
 * The receipt, sentence by sentence, the same by mail and by letter (rules, Disclosure): that it was received and when,
 * the department, whom to call. Nothing of the child, the text or the unit, whose name alone may tell of a disability.
 */
export const receiptWords = ({ received, department, phone }: ReceiptFacts): readonly Reason[] => [
  received
    ? {
        da: `Kommunen modtog din underretning ${received.da}.`,
        en: `The municipality received your notification on ${received.en}.`,
      }
    : { da: 'Kommunen har modtaget din underretning.', en: 'The municipality has received your notification.' },
  department
    ? { da: `${department.da} tager sig af den.`, en: `It is in the hands of ${department.en}.` }
    : { da: 'Kommunen tager sig af den.', en: 'It is in the hands of the municipality.' },
  phone
    ? {
        da: `Har du spørgsmål, eller sker der noget nyt, så ring på ${phone}.`,
        en: `If you have questions, or something new happens, call ${phone}.`,
      }
    : {
        da: 'Har du spørgsmål, eller sker der noget nyt, så ring til kommunen.',
        en: 'If you have questions, or something new happens, call the municipality.',
      },
  { da: 'Er nogen i fare lige nu, så ring 112.', en: 'If somebody is in danger right now, call 112.' },
];
