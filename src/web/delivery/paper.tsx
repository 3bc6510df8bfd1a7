import { useTranslation } from 'react-i18next';
import type { LetterPage } from '../api.ts';
import { dayIn } from '../components/language.ts';

/** The letter as it is printed: in the notifier's language, word for word. */
export const Paper = ({ item }: { readonly item: LetterPage }) => {
  const { i18n } = useTranslation();
  const { language, receiver, words } = item;
  const t = i18n.getFixedT(language);
  return (
    <article className="paper" lang={language} aria-label={t('delivery.letter.paper')}>
      <address className="paper-address">
        {[receiver.name, receiver.institution, receiver.address].filter(Boolean).join('\n')}
      </address>
      <p className="paper-date">{dayIn(language, item.writtenAt)}</p>
      <h2>{t(`delivery.letter.subject.${item.kind}`)}</h2>
      {words.map((sentence) => (
        <p key={sentence.da}>{sentence[language]}</p>
      ))}
      <p className="paper-end">
        {t('delivery.letter.regards')}
        <br />
        {item.department[language]}
        <br />
        {item.municipality}
        <br />
        {item.phone}
      </p>
    </article>
  );
};
