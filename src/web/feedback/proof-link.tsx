import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client } from '../api.ts';
import { useLanguage } from '../components/language.ts';
import { Failed } from '../components/problem-alert.tsx';
import { saveBytes } from '../save-bytes.ts';
import { useSession } from '../session.tsx';

type Props = { readonly notificationId: string; readonly title: string };

/** The printable proof of what was sent and when it was received; where no PDF can be made it says so. */
export const ProofLink = ({ notificationId, title }: Props) => {
  const { t } = useTranslation();
  const language = useLanguage();
  const { prints } = useSession();
  const [state, setState] = useState<'pending' | 'got' | { readonly error: unknown } | null>(null);
  if (!prints) return <p className="muted">{t('telling.proof.none')}</p>;
  const get = async () => {
    setState('pending');
    try {
      const { fileName, pdf } = await client.notifications.proof.query({ notificationId, language });
      saveBytes(fileName, pdf, 'application/pdf');
      setState('got');
    } catch (error) {
      setState({ error });
    }
  };
  return (
    <div className="proof d-print-none">
      <button type="button" className="button button-secondary" onClick={() => void get()}>
        {t('telling.proof.get')}
        <span className="sr-only">: {title}</span>
      </button>
      <p className="act-told">{t('telling.proof.safe')}</p>
      <div aria-live="polite">
        {state === 'got' ? <p>{t('telling.proof.got')}</p> : null}
        {typeof state === 'object' && state ? <Failed error={state.error} retry={get} /> : null}
      </div>
    </div>
  );
};
