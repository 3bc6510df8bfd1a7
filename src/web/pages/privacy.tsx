import { useTranslation } from 'react-i18next';
import { PageTitle } from '../components/page-title.tsx';

const PARTS = ['parents', 'why', 'what', 'anonymous', 'who', 'how', 'long', 'rights'] as const;

/** The privacy notice. A part of one text is a paragraph, of several a list. */
export const PrivacyPage = () => {
  const { t } = useTranslation();
  return (
    <article className="narrow prose">
      <PageTitle title={t('privacy.title')} />
      <p className="lead">{t('privacy.lead')}</p>
      {PARTS.map((part) => {
        const { title, ...texts } = t(`privacy.${part}`, { returnObjects: true });
        const lines = Object.values(texts);
        return (
          <section key={part} aria-labelledby={`privacy-${part}`}>
            <h2 id={`privacy-${part}`}>{title}</h2>
            {lines.length === 1 ? (
              <p>{lines[0]}</p>
            ) : (
              <ul>
                {lines.map((line) => (
                  <li key={line}>{line}</li>
                ))}
              </ul>
            )}
          </section>
        );
      })}
    </article>
  );
};
