import { useTranslation } from 'react-i18next';
import { CallBox } from '../components/call-now.tsx';
import { Phone } from '../components/phone.tsx';

/** The national children's helpline (Børns Vilkår). */
const HELPLINE = '116 111';

/** For a child: whom to call, before anything is to be written. */
export const Helplines = () => {
  const { t } = useTranslation();
  return (
    <CallBox title={t('door.child.call')} text={t('door.child.callText')}>
      {t('door.child.helpline')} <Phone number={HELPLINE} />
    </CallBox>
  );
};
