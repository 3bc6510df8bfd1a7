import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormData } from '../form/form-data.ts';
import { Icon } from './icon.tsx';
import { Phone } from './phone.tsx';

type Props = { readonly title: string; readonly text: string; readonly children: ReactNode };

/** The number to call at once; `children`: whom else to call. */
export const CallBox = ({ title, text, children }: Props) => {
  const { acutePhone } = useFormData();
  return (
    <section className="call-now" aria-labelledby="call-now">
      <Icon name="support-agent" />
      <div>
        <h2 id="call-now">{title}</h2>
        <p>{text}</p>
        <p>
          <Phone number={acutePhone} large />
        </p>
        <p>{children}</p>
      </div>
    </section>
  );
};

/** The number for what cannot wait to be read. */
export const CallNow = () => {
  const { t } = useTranslation();
  return (
    <CallBox title={t('notifier.start.callTitle')} text={t('notifier.start.callText')}>
      {t('notifier.start.callPolice')}
    </CallBox>
  );
};
