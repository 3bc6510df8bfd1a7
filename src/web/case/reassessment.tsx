import { useTranslation } from 'react-i18next';
import type { Case } from '../api.ts';
import { Alert } from '../components/alert.tsx';
import { useText } from '../components/language.ts';
import { Phone } from '../components/phone.tsx';

/** § 137 applies: says so, by whom it is to be made, and why that cannot be the reader. */
export const Reassessment = ({ item }: { readonly item: Case }) => {
  const { t } = useTranslation();
  const text = useText();
  const { reassessment, acts } = item;
  if (!reassessment) return null;
  const { by, hindrance } = reassessment;
  return (
    <Alert tone="warning">
      <p>
        {t('family.reassessment.due')} {hindrance ? t('family.reassessment.hindrance', { why: text(hindrance) }) : null}
        {acts.includes('complete-reassessment') ? t('family.reassessment.you') : null}
      </p>
      {by ? (
        <p>
          {t('family.reassessment.named', { title: by.title })} <Phone number={by.phone} />
        </p>
      ) : null}
    </Alert>
  );
};
