import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { useLocation, useNavigate } from '@tanstack/react-router';
import { createContext, type ReactNode, use, useEffect, useState } from 'react';
import { type Session, trpc } from './api.ts';
import { Failed, Loading } from './components/problem-alert.tsx';
import { useAtDoor } from './door/place.ts';
import { problemOf } from './problem.ts';

const Context = createContext<Session | null>(null);

/** The server's clock is asked once a minute: in training it is not this machine's. */
const MINUTE = 60_000;
export const sessionQuery = trpc.session.me.queryOptions(undefined, { refetchInterval: MINUTE, staleTime: 0 });

/** Who is logged in, where somebody may be: null before the login and on public pages. */
export const useMaybeSession = (): Session | null => {
  const { data, error } = useQuery(sessionQuery);
  return error ? null : (data ?? null);
};

export const useSession = (): Session => {
  const session = use(Context);
  if (!session) throw new Error('useSession outside of the gate');
  return session;
};

const HOUR = 60 * MINUTE;
/** The door asks once: it has no session, and whoever is anonymous asks as seldom as can be. */
export const doorQuery = trpc.door.choices.queryOptions(undefined, { staleTime: HOUR, refetchOnWindowFocus: false });

/** What the pages of the form need of the server, logged in or not. */
const useServer = (): Pick<Session, 'now' | 'training'> =>
  useSuspenseQuery((useAtDoor() ? doorQuery : sessionQuery) as typeof sessionQuery).data;

/** The server's now, as an ISO instant: behind the login at most a minute old. */
export const useNow = (): string => useServer().now;
export const useTraining = (): boolean => useServer().training;

/** Where the municipality's login begins; `til`: a path of this site to come back to; `anew`: what it knows is not enough. */
export const loginAddress = (til: string, anew = false): string =>
  `/login?til=${encodeURIComponent(til)}${anew ? '&igen' : ''}`;

/** Goes to the login once: the address already changes while this still stands, and must not be gone back to. */
const ToLogin = () => {
  const { href } = useLocation();
  const navigate = useNavigate();
  const [from] = useState(href);
  useEffect(() => {
    void navigate({ to: '/log-ind', search: from === '/' ? {} : { til: from }, replace: true });
  }, [from, navigate]);
  return <Loading />;
};

/** Everything behind it needs a login; whoever has none comes back here after it. */
export const Gate = ({ children }: { readonly children: ReactNode }) => {
  const session = useQuery(sessionQuery);
  const unknown = session.error !== null && problemOf(session.error).code === 'UNAUTHENTICATED';
  if (unknown) return <ToLogin />;
  if (session.data) return <Context value={session.data}>{children}</Context>;
  if (session.error) return <Failed error={session.error} retry={session.refetch} />;
  return <Loading />;
};
