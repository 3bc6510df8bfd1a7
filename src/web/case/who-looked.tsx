import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Case, trpc } from '../api.ts';
import { useText, useWhen } from '../components/language.ts';
import { Failed, Loading } from '../components/problem-alert.tsx';

const List = ({ id }: { readonly id: string }) => {
  const { t } = useTranslation();
  const text = useText();
  const when = useWhen();
  const asked = useQuery(trpc.referrals.lookups.queryOptions({ id }));
  if (asked.error) return <Failed error={asked.error} retry={asked.refetch} />;
  if (!asked.data) return <Loading />;
  const { count, lookups } = asked.data;
  return (
    <>
      <p>
        {t('lookups.lead')} {t('lookups.count', { count })}{' '}
        {count > lookups.length ? t('lookups.more', { shown: lookups.length }) : null}
      </p>
      <ul className="nobullet-list">
        {lookups.map(({ at, who, unit, role, purpose, id: lookup }) => (
          <li key={lookup} className="event">
            <p className="event-when">
              <time dateTime={at}>{when(at, 'full')}</time>
            </p>
            <p className="event-name">{text(purpose)}</p>
            <p className="muted">
              {t('lookups.as', { who: who ?? t('lookups.gone'), role: t(`matter.roles.${role}`), unit: unit ?? '' })}
            </p>
          </li>
        ))}
      </ul>
    </>
  );
};

/** *Hvem har set sagen?*: for leaders, asked for when they want to know, because asking is a look-up too. */
export const WhoLooked = ({ item }: { readonly item: Pick<Case, 'id' | 'maySeeLookups'> }) => {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  if (!item.maySeeLookups) return null;
  return (
    <details className="owner-asked d-print-none" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('lookups.ask')}</summary>
      {open ? <List id={item.id} /> : null}
    </details>
  );
};
