import { fits } from './feedback-sentences.ts';
import { refuseField } from './field-errors.ts';
import type { Change } from './regulation-change.ts';
import type { Regulations } from './regulations.ts';
import { withVersion } from './versions.ts';

/** What tier 1 may say was started. */
export const feedbackWords = (regulations: Regulations, change: Change<'feedback-words'>): Regulations => {
  const { what: _what, from, ...words } = change;
  const feedback = withVersion(regulations.rulebook.feedback, 'feedback', from, (base) => ({ ...base, ...words }));
  return { ...regulations, rulebook: { ...regulations.rulebook, feedback } };
};

/** One sentence is put otherwise; it fills in what it did before, so that a new wording discloses nothing more. */
export const feedbackSentence = (regulations: Regulations, change: Change<'feedback-sentence'>): Regulations => {
  const { from, sentence, da, en, status, source } = change;
  for (const language of ['da', 'en'] as const) {
    if (!fits(sentence, change[language])) refuseField(`change.${language}`, 'wrong-slots');
  }
  const templates = withVersion(regulations.rulebook.templates, 'feedback', from, (base) => ({
    ...base,
    sentences: { ...base.sentences, [sentence]: { da, en } },
    status,
    source,
  }));
  return { ...regulations, rulebook: { ...regulations.rulebook, templates } };
};

/** When the receipt leaves. */
export const receiptPolicy = (regulations: Regulations, change: Change<'receipt-policy'>): Regulations => {
  const { from, sent, hverdage, at, source } = change;
  const receipts = withVersion(regulations.rulebook.receipts, 'receipt', from, (base) => ({
    ...base,
    sent,
    latest: { hverdage, at },
    source,
  }));
  return { ...regulations, rulebook: { ...regulations.rulebook, receipts } };
};

/** The whole list of measures that call for a re-assessment. */
export const reassessedMeasures = (regulations: Regulations, change: Change<'reassessed-measures'>): Regulations => {
  const { what: _what, from, ...list } = change;
  const reassessed = withVersion(regulations.rulebook.reassessed, 'reassessed', from, (base) => ({ ...base, ...list }));
  return { ...regulations, rulebook: { ...regulations.rulebook, reassessed } };
};
