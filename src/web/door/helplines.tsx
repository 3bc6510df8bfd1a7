import { useTranslation } from 'react-i18next';
import { Icon } from '../components/icon.tsx';
import { Phone } from '../components/phone.tsx';
import { useFormData } from '../form/form-data.ts';

/** The national children's helpline (Børns Vilkår). */
const HELPLINE = '116 111';

/** For a child: whom to call, before anything is to be written. */
export const Helplines = () => {
  const { t } = useTranslation();
  const { acutePhone } = useFormData();
  return (
    <section className="call-now" aria-labelledby="call-now">
      <Icon name="support-agent" />
      <div>
        <h2 id="call-now">{t('door.child.call')}</h2>
        <p>{t('door.child.callText')}</p>
        <p>
          <Phone number={acutePhone} large />
        </p>
        <p>
          {t('door.child.helpline')} <Phone number={HELPLINE} />
        </p>
      </div>
    </section>
  );
};
