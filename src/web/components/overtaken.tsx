import { useTranslation } from 'react-i18next';
import type { Reason } from '#domain/errors.ts';
import { Alert } from './alert.tsx';
import { useText } from './language.ts';

/** `why` null: somebody else has changed it, and that is all that is known. */
export type OvertakenBy = { readonly why: Reason | null } | null;

type Props = { readonly by: OvertakenBy; readonly live?: boolean };

export const Overtaken = ({ by, live = false }: Props) => {
  const { t } = useTranslation();
  const text = useText();
  return by ? (
    <Alert tone="warning" live={live}>
      <p>{by.why ? text(by.why) : t('case.overtaken')}</p>
    </Alert>
  ) : null;
};
