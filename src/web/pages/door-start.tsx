import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { DOOR_KINDS } from '#domain/door.ts';
import { CallNow } from '../components/call-now.tsx';
import { PageTitle } from '../components/page-title.tsx';
import { AtDoor } from '../door/place.ts';
import { SLUGS } from '../door/slugs.ts';

/** *Underret uden login*: whom to call, and who one is. */
export const DoorStartPage = () => {
  const { t } = useTranslation();
  return (
    <AtDoor value="door">
      <div className="start-top door-start">
        <div>
          <PageTitle title={t('door.start.title')} />
          <p className="lead">{t('door.start.lead')}</p>
          <h2>{t('door.start.who')}</h2>
          <ul className="nobullet-list no-max-width door-kinds">
            {DOOR_KINDS.map(({ kind }) => (
              <li key={kind}>
                <Link to="/underret/$hvem" params={{ hvem: SLUGS[kind] }} className="door-kind">
                  <strong>{t(`door.kinds.${kind}.name`)}</strong>
                  <span>{t(`door.kinds.${kind}.text`)}</span>
                </Link>
              </li>
            ))}
          </ul>
          <p>
            {t('door.start.staff')} <Link to="/log-ind">{t('door.start.logIn')}</Link>
          </p>
          <p className="muted">{t('door.start.have')}</p>
        </div>
        <CallNow />
      </div>
    </AtDoor>
  );
};
