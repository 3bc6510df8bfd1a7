import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Case } from '../api.ts';
import { Icon } from '../components/icon.tsx';

const cprText = (digits: string): string => `${digits.slice(0, 6)}-${digits.slice(6)}`;

/** A protected address is not left lying on a screen that others can see. */
const Address = ({ child }: Pick<Case, 'child'>) => {
  const { t } = useTranslation();
  const [shown, setShown] = useState(false);
  if (!child.address) return null;
  return (
    <div>
      <dt>{t('case.child.address')}</dt>
      <dd>
        {child.protectedAddress && !shown ? (
          <>
            {t('case.child.addressProtected')}{' '}
            <button type="button" className="function-link d-print-none" onClick={() => setShown(true)}>
              <Icon name="visibility" />
              {t('case.child.addressShow')}
            </button>
          </>
        ) : (
          child.address
        )}
        {child.protectedAddress ? <p className="muted">{t('case.child.addressNote')}</p> : null}
      </dd>
    </div>
  );
};

export const Child = ({ item }: { readonly item: Case }) => {
  const { t } = useTranslation();
  const { child, siblingsInNotification } = item;
  const noCpr = child.identity === 'unborn' ? t('case.child.cprUnborn') : t('case.child.cprUnknown');
  return (
    <section className="panel" aria-labelledby="child">
      <h2 id="child">{t('case.child.heading')}</h2>
      <dl className="facts facts-stacked">
        <div>
          <dt>{t('case.child.name')}</dt>
          <dd>{child.name || t('case.child.nameUnknown')}</dd>
        </div>
        <div>
          <dt>{t('case.child.cpr')}</dt>
          <dd>{child.cpr ? cprText(child.cpr) : noCpr}</dd>
        </div>
        {child.age === null ? null : (
          <div>
            <dt>{t('case.child.age')}</dt>
            <dd>{t('case.child.years', { count: child.age })}</dd>
          </div>
        )}
        <Address child={child} />
        {child.institution ? (
          <div>
            <dt>{t('case.child.institution')}</dt>
            <dd>{child.institution}</dd>
          </div>
        ) : null}
      </dl>
      {siblingsInNotification > 0 ? <p>{t('case.child.siblings', { count: siblingsInNotification })}</p> : null}
    </section>
  );
};
