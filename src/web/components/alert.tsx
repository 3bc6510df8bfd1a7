import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from './icon.tsx';

type Tone = 'info' | 'success' | 'warning' | 'error';
type Props = {
  readonly tone: Tone;
  readonly heading?: string;
  /** Read out when it appears; not for what stands there from the start. */
  readonly live?: boolean;
  readonly children?: ReactNode;
};

const WORDS = { info: 'information', success: 'success', warning: 'warning', error: 'errorPrefix' } as const;

export const Alert = ({ tone, heading, live = false, children }: Props) => {
  const { t } = useTranslation();
  const role = live ? (tone === 'error' || tone === 'warning' ? 'alert' : 'status') : undefined;
  return (
    <div className={`alert alert-${tone}`} role={role}>
      <Icon name={tone} className="alert-icon" />
      <div className="alert-body">
        <span className="sr-only">{t(`common.${WORDS[tone]}`)}: </span>
        {heading ? <p className="alert-heading">{heading}</p> : null}
        {children ? <div className="alert-text">{children}</div> : null}
      </div>
    </div>
  );
};
