import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { type Case, client } from '../api.ts';
import { Icon } from '../components/icon.tsx';
import { Failed } from '../components/problem-alert.tsx';

const cprText = (digits: string): string => `${digits.slice(0, 6)}-${digits.slice(6)}`;

/** A protected address comes when it is asked for, and is gone when the page is left. */
const Address = ({ item: { id, child } }: { readonly item: Case }) => {
  const { t } = useTranslation();
  const asked = useMutation({ mutationFn: () => client.referrals.address.query({ id }), gcTime: 0 });
  if (asked.error) return <Failed error={asked.error} retry={asked.mutate} />;
  const address = asked.data?.address ?? child.address;
  if (address === null && !child.protectedAddress) return null;
  return (
    <div>
      <dt>{t('case.child.address')}</dt>
      <dd>
        {address ?? t('case.child.addressProtected')}{' '}
        {child.mayShowAddress && !asked.data ? (
          <button type="button" className="function-link d-print-none" onClick={() => asked.mutate()}>
            <Icon name="visibility" />
            {t('case.child.addressShow')}
          </button>
        ) : null}
        {child.protectedAddress ? (
          <p className="muted">{t(asked.data ? 'case.child.addressSeen' : 'case.child.addressNote')}</p>
        ) : null}
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
        <Address item={item} />
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
