import { useTranslation } from 'react-i18next';
import { client, type Outputs } from '../api.ts';
import { TextArea } from '../form/fields.tsx';
import { Reasoned } from '../form/reasoned.tsx';

type Props = {
  readonly text: string;
  readonly opened: (hits: Outputs['referrals']['openInEmergency']) => void;
};

/** *Åbn i nød*: what was sought and is somebody else's, for a while. Who is told of it stands there before it is done. */
export const Emergency = ({ text, opened }: Props) => {
  const { t } = useTranslation();
  return (
    <details className="owner-asked">
      <summary>{t('emergency.ask')}</summary>
      <Reasoned
        procedure={client.referrals.openInEmergency}
        defaults={{ reason: '' }}
        input={({ reason }) => ({ text, reason })}
        submitLabel={t('emergency.submit')}
        told={t('emergency.told')}
        warning
        done={opened}
      >
        <TextArea path="reason" label={t('emergency.reason')} />
      </Reasoned>
    </details>
  );
};
