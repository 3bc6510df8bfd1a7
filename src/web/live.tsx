import { createContext, type ReactNode, use, useEffect, useState } from 'react';
import { queryClient } from './api.ts';
import { exceptDrafts } from './use-act.ts';

/** Without the stream pages ask by themselves; with it, only in case a message got lost. */
const WITHOUT_STREAM = 15_000;
const WITH_STREAM = 120_000;

const Connected = createContext(false);

/** One stream for the whole page: what changed elsewhere is read anew. The browser reconnects by itself. */
export const LiveUpdates = ({ children }: { readonly children: ReactNode }) => {
  const [connected, setConnected] = useState(false);
  useEffect(() => {
    const stream = new EventSource('/events');
    stream.onopen = () => setConnected(true);
    stream.onerror = () => setConnected(false);
    stream.addEventListener('changed', () => void queryClient.invalidateQueries(exceptDrafts));
    return () => stream.close();
  }, []);
  return <Connected value={connected}>{children}</Connected>;
};

/** How often a page asks again, in milliseconds. */
export const useRefresh = (): number => (use(Connected) ? WITH_STREAM : WITHOUT_STREAM);
