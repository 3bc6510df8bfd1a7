import { useEffect } from 'react';
import { useNow } from '../session.tsx';

/** A case that is open for a while only is asked for again the moment that has run out, so that it does not stay on screen. */
export const useEmergencyEnd = (until: string | null | undefined, refetch: () => unknown): void => {
  const now = useNow();
  useEffect(() => {
    if (!until) return;
    const timer = setTimeout(refetch, Math.max(0, Date.parse(until) - Date.parse(now)));
    return () => clearTimeout(timer);
  }, [until, now, refetch]);
};
