import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { PageTitle } from '../components/page-title.tsx';
import { Phone } from '../components/phone.tsx';
import { doorQuery, useMaybeSession } from '../session.tsx';

/** *Når du er bekymret*: open to everyone, logged in or not. */
export const HelpPage = () => {
  const { t } = useTranslation();
  const session = useMaybeSession();
  const choices = useQuery(doorQuery);
  return (
    <article className="narrow prose">
      <PageTitle title={t('pages.help.title')} />
      <p className="lead">{t('pages.help.lead')}</p>
      <h2>{t('pages.help.now')}</h2>
      {choices.data ? (
        <p>
          {t('pages.help.nowText')} <Phone number={choices.data.acutePhone} />
        </p>
      ) : (
        <p>{t('pages.help.nowTextNoPhone')}</p>
      )}
      <h2>{t('pages.help.ask')}</h2>
      <ul>
        <li>{t('pages.help.ask1')}</li>
        <li>{t('pages.help.ask2')}</li>
        <li>{t('pages.help.ask3')}</li>
      </ul>
      <h2>{t('pages.help.when')}</h2>
      <ul>
        <li>{t('pages.help.when1')}</li>
        <li>{t('pages.help.when2')}</li>
        <li>{t('pages.help.when3')}</li>
        <li>{t('pages.help.when4')}</li>
      </ul>
      <h2>{t('pages.help.good')}</h2>
      <ul>
        <li>{t('pages.help.good1')}</li>
        <li>{t('pages.help.good2')}</li>
        <li>{t('pages.help.good3')}</li>
        <li>{t('pages.help.good4')}</li>
      </ul>
      <h2>{t('pages.help.after')}</h2>
      <ol>
        <li>{t('pages.help.after1')}</li>
        <li>{t('pages.help.after2')}</li>
        <li>{t('pages.help.after3')}</li>
        <li>{t('pages.help.after4')}</li>
      </ol>
      <h2>{t('pages.help.parents')}</h2>
      <p>{t('pages.help.parentsText')}</p>
      {session?.can.disputes ? (
        <p>
          <Link to="/naar-du-er-bekymret/stigen">{t('guide.link')}</Link>
        </p>
      ) : null}
    </article>
  );
};
