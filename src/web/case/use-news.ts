import { useEffect, useRef, useState } from 'react';
import type { Case, CaseEvent } from '../api.ts';
import { useSession } from '../session.tsx';

/** The latest thing that another person has done since the page was opened; null when nothing has happened. */
export const useNews = (item: Case): CaseEvent | null => {
  const { title } = useSession();
  const seen = useRef(item.timeline[0]?.seq ?? 0);
  const [news, setNews] = useState<CaseEvent | null>(null);
  useEffect(() => {
    const fresh = item.timeline.filter(({ seq }) => seq > seen.current);
    seen.current = item.timeline[0]?.seq ?? seen.current;
    const byOthers = fresh.find(({ actor }) => actor !== null && actor !== title);
    if (byOthers) setNews(byOthers);
    else if (fresh.some(({ actor }) => actor === title)) setNews(null);
  }, [item.timeline, title]);
  return news;
};
