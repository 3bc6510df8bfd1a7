import { useTranslation } from 'react-i18next';
import { useFormData } from '../form/form-data.ts';
import { Icon } from './icon.tsx';
import { Phone } from './phone.tsx';

/** The number for what cannot wait to be read. */
export const CallNow = () => {
  const { t } = useTranslation();
  const { acutePhone } = useFormData();
  return (
    <section className="call-now" aria-labelledby="call-now">
      <Icon name="support-agent" />
      <div>
        <h2 id="call-now">{t('notifier.start.callTitle')}</h2>
        <p>{t('notifier.start.callText')}</p>
        <p>
          <Phone number={acutePhone} large />
        </p>
        <p>{t('notifier.start.callPolice')}</p>
      </div>
    </section>
  );
};
