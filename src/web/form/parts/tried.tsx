import { useTranslation } from 'react-i18next';
import { TextArea } from '../fields.tsx';
import { Rows } from '../rows.tsx';
import { useLabel } from '../use-label.ts';
import { FRESH } from '../values.ts';

export const TriedPart = () => {
  const { t } = useTranslation();
  const label = useLabel();
  return (
    <>
      <p>{t('form.tried.lead')}</p>
      <Rows
        path="triedSoFar"
        title={(number) => t('form.tried.row', { number })}
        addLabel={t('form.tried.add')}
        fresh={FRESH.tried}
        max={20}
      >
        {(path) => (
          <>
            <TextArea path={`${path}.measure`} label={label('triedSoFar.measure')} rows={2} />
            <TextArea path={`${path}.effect`} label={label('triedSoFar.effect')} rows={2} optional />
          </>
        )}
      </Rows>
    </>
  );
};
