import { useTranslation } from 'react-i18next';
import type { Reason } from '#domain/errors.ts';
import { useLanguage } from '../components/language.ts';

/** Every sentence as the notifier will read it, in the notifier's language as well as in the reader's. */
export const PreviewCard = ({ told, heading }: { readonly told: readonly Reason[]; readonly heading: string }) => {
  const { t } = useTranslation();
  const language = useLanguage();
  return (
    <section className="told-card" aria-labelledby="preview" aria-live="polite">
      <h2 id="preview">{heading}</h2>
      {told.map((sentence) => (
        <p key={sentence.da} lang="da">
          {sentence.da}
        </p>
      ))}
      {language === 'en' ? (
        <details>
          <summary>{t('work.feedback.inEnglish')}</summary>
          {told.map((sentence) => (
            <p key={sentence.en}>{sentence.en}</p>
          ))}
        </details>
      ) : null}
    </section>
  );
};
