import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { SENTENCE_CODES, type Sentence } from '#domain/feedback-sentences.ts';
import type { Outputs } from '../api.ts';
import { useDay } from '../components/language.ts';
import { TextArea } from '../form/fields.tsx';
import { FromField, ProposeForm, SourceField, StatusField } from './propose-form.tsx';
import { dayOf } from './read.ts';

type Props = { readonly rulebook: Outputs['setup']['regulations']['document']['rulebook'] };

const Words = ({ sentence, rulebook }: Props & { readonly sentence: Sentence }) => {
  const { t } = useTranslation();
  const { da = '', en = '' } = rulebook.templates.at(-1)?.sentences[sentence] ?? {};
  return (
    <ProposeForm
      defaults={{ note: '', change: { from: '', da, en, status: 'law', source: '' } }}
      change={({ change }) => ({ ...change, what: 'feedback-sentence', sentence, from: dayOf(change.from) })}
    >
      <TextArea path="change.da" label={t('telling.sentence.da')} hint={t('telling.sentence.hint')} rows={3} />
      <TextArea path="change.en" label={t('telling.sentence.en')} rows={3} />
      <FromField />
      <StatusField />
      <SourceField />
    </ProposeForm>
  );
};

/** One sentence of the feedback, put otherwise from a day on. */
export const SentenceForm = ({ rulebook }: Props) => {
  const { t } = useTranslation();
  const [sentence, setSentence] = useState<Sentence>('contact');
  return (
    <>
      <div className="form-group">
        <label className="form-label" htmlFor="sentence">
          {t('telling.sentence.which')}
        </label>
        <select
          id="sentence"
          className="form-select"
          value={sentence}
          onChange={(event) => setSentence(SENTENCE_CODES.find((one) => one === event.target.value) ?? 'contact')}
        >
          {SENTENCE_CODES.map((one) => (
            <option key={one} value={one}>
              {t(`telling.sentence.names.${one}`)}
            </option>
          ))}
        </select>
      </div>
      <Words key={sentence} sentence={sentence} rulebook={rulebook} />
    </>
  );
};

/** The sentences as they stand and stood, the newest first. */
export const Sentences = ({ rulebook: { templates } }: Props) => {
  const { t } = useTranslation();
  const day = useDay();
  return (
    <>
      {templates.toReversed().map(({ id, from, sentences, source, status }) => (
        <details key={id}>
          <summary>
            {from ? t('setup.law.from', { day: day(from) }) : t('setup.law.always')} ({id})
          </summary>
          <dl className="setup-facts">
            {SENTENCE_CODES.map((one) => (
              <div key={one}>
                <dt>{t(`telling.sentence.names.${one}`)}</dt>
                <dd>
                  <span lang="da">{sentences[one].da}</span>
                  <span className="line muted" lang="en">
                    {sentences[one].en}
                  </span>
                </dd>
              </div>
            ))}
          </dl>
          <p className="muted">
            {source} ({t(`setup.status.${status}`)})
          </p>
        </details>
      ))}
    </>
  );
};
