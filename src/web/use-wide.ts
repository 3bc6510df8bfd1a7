import { useSyncExternalStore } from 'react';

const watch = (query: string) => (changed: () => void) => {
  const media = window.matchMedia(query);
  media.addEventListener('change', changed);
  return () => media.removeEventListener('change', changed);
};

/** At least so many CSS pixels wide; zoom counts like a narrow screen. */
export const useWide = (pixels: number): boolean => {
  const query = `(min-width: ${pixels}px)`;
  return useSyncExternalStore(watch(query), () => window.matchMedia(query).matches);
};
