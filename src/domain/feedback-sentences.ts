import type { Reason } from './errors.ts';

/** Every sentence that a notifier can be told or asked, with what is filled in from the record; nothing else may be. */
export const SENTENCES = {
  received: ['when'],
  investigation: [],
  'limited-examination': [],
  supportive: [],
  placement: [],
  none: [],
  unnamed: [],
  measure: ['type'],
  'measure-months': ['type', 'months'],
  'call-me': [],
  meeting: [],
  withheld: [],
  ask: [],
  'ask-observations': [],
  'ask-words': [],
  'ask-wellbeing': [],
  'ask-tried': [],
  'ask-parents': [],
  'ask-identity': [],
  contact: ['department', 'phone'],
} as const satisfies Readonly<Record<string, readonly string[]>>;
export type Sentence = keyof typeof SENTENCES;
export const SENTENCE_CODES = Object.keys(SENTENCES) as [Sentence, ...Sentence[]];

/** One wording of all of them. */
export type Sentences = Readonly<Record<Sentence, Reason>>;

const SLOT = /\{([a-z]+)\}/g;

/** Names what is to be filled in, each once; a sentence may turn them round but not name others. */
export const slotsOf = (text: string): readonly string[] =>
  [...new Set([...text.matchAll(SLOT)].map(([, name]) => name ?? ''))].sort();

/** Does the text fill in exactly what this sentence may? A brace that fills in nothing is a slip of the pen. */
export const fits = (sentence: Sentence, text: string): boolean =>
  slotsOf(text).join() === SENTENCES[sentence].toSorted().join() && !/[{}]/.test(text.replaceAll(SLOT, ''));

/** One sentence with the record's values. Throws on a slot without a value. */
export const filled = (sentences: Sentences, sentence: Sentence, values: Record<string, Reason> = {}): Reason => {
  const { da, en } = sentences[sentence];
  const put = (text: string, language: 'da' | 'en'): string =>
    text.replaceAll(SLOT, (_slot, name: string) => {
      const value = values[name];
      if (!value) throw new RangeError(`nothing to fill in for ${name}`);
      return value[language];
    });
  return { da: put(da, 'da'), en: put(en, 'en') };
};
