import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { trpc } from '../api.ts';
import { useRefresh } from '../live.tsx';
import { TABS } from '../searches.ts';

/** The server counts no further than this. */
const CAP = 999;
const countText = (count: number): string => (count > CAP ? `${CAP}+` : String(count));

export const Tabs = () => {
  const { t } = useTranslation();
  const refetchInterval = useRefresh();
  const counts = useQuery(trpc.referrals.counts.queryOptions(undefined, { refetchInterval }));
  return (
    <nav className="tab-container list-tabs" aria-label={t('worklist.tabs.label')}>
      <ul className="tab-list">
        {TABS.map((tab) => (
          <li key={tab}>
            <Link
              to="/sagsliste"
              search={tab === 'all' ? {} : { fane: tab }}
              className="tab-button"
              activeOptions={{ exact: true, includeSearch: true }}
            >
              <span>
                {t(`worklist.tabs.${tab}`)}
                {counts.data ? <span className="tab-count"> {countText(counts.data[tab])}</span> : null}
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
};
