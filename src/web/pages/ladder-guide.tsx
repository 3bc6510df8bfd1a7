import { useTranslation } from 'react-i18next';
import { useLanguage } from '../components/language.ts';
import { PageTitle } from '../components/page-title.tsx';
import english from '../guide/ladder.svg';
import danish from '../guide/stigen.svg';

/** The ladder on one page, for whoever leads a team: the same as `docs/guide`. */
export const LadderGuidePage = () => {
  const { t } = useTranslation();
  const picture = { da: danish, en: english }[useLanguage()];
  return (
    <article className="narrow prose">
      <PageTitle title={t('guide.title')} />
      <p className="lead">{t('guide.lead')}</p>
      <img src={picture} alt={t('guide.picture')} className="guide-picture" />
      <p className="muted">{t('guide.own')}</p>
      <h2>{t('guide.certain')}</h2>
      <p>{t('guide.certainText')}</p>
      <h2>{t('guide.begins')}</h2>
      <ul>
        <li>{t('guide.begins1')}</li>
        <li>{t('guide.begins2')}</li>
        <li>{t('guide.begins3')}</li>
        <li>{t('guide.begins4')}</li>
        <li>{t('guide.begins5')}</li>
      </ul>
      <h2>{t('guide.todo')}</h2>
      <ol>
        <li>{t('guide.todo1')}</li>
        <li>{t('guide.todo2')}</li>
        <li>{t('guide.todo3')}</li>
        <li>{t('guide.todo4')}</li>
        <li>{t('guide.todo5')}</li>
      </ol>
      <h2>{t('guide.sees')}</h2>
      <p>{t('guide.seesText')}</p>
    </article>
  );
};
