import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { RETENTION, RETENTION_KINDS, retentionAt } from '#domain/retention.ts';
import { instant } from '#domain/time.ts';
import { useText } from '../components/language.ts';
import { PageTitle } from '../components/page-title.tsx';
import { doorQuery } from '../session.tsx';

const PARTS = ['parents', 'why', 'what', 'anonymous', 'who', 'how', 'long', 'rights'] as const;

/** How long what belongs to no case is kept, and on what ground, as the sweep goes by it. */
const Periods = () => {
  const { t } = useTranslation();
  const text = useText();
  // As the door is asked: the notice is read without a login too.
  const { data } = useQuery(doorQuery);
  if (!data) return null;
  const now = instant(data.now);
  return (
    <ul>
      {RETENTION_KINDS.map((kind) => {
        const { days, ground } = retentionAt(kind, now);
        const { what, since } = RETENTION[kind];
        const words = { what: text(what), since: text(since), ground: text(ground), count: days };
        return <li key={kind}>{days === 0 ? t('retention.atOnce', words) : t('retention.kept', words)}</li>;
      })}
    </ul>
  );
};

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
            {part === 'long' ? <Periods /> : null}
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
