import { QueryCache, QueryClient } from '@tanstack/react-query';
import { createTRPCClient, httpLink } from '@trpc/client';
import type { inferRouterOutputs } from '@trpc/server';
import { createTRPCOptionsProxy } from '@trpc/tanstack-react-query';
import type { AppRouter } from '#api/router.ts';
import { idleHeader } from './idle.ts';
import { problemOf } from './problem.ts';

export type Outputs = inferRouterOutputs<AppRouter>;
export type Session = Outputs['session']['me'];
export type WorkItem = Outputs['referrals']['worklist']['items'][number];
export type Case = Outputs['referrals']['get'];
export type OwnerCard = Case['owner'];
export type CaseClock = Case['clocks'][number];
export type CaseEvent = Case['timeline'][number];
export type Act = Case['acts'][number];
export type Matter = Extract<Outputs['disputes']['get'], { view: 'matter' }>;
/** How what was open came out, as both views of it have it. */
export type Ending = NonNullable<Matter['ended']>;
export type Outcome = Extract<Outputs['disputes']['get'], { view: 'outcome' }>;
export type HandedItem = Outputs['handovers']['list']['items'][number];
export type BoardItem = Outputs['disputes']['board']['items'][number];
export type FamilyLine = Case['earlier'][number];
export type Measure = Case['measures'][number];
export type TaskItem = Outputs['tasks']['list']['items'][number];
export type LetterItem = Outputs['letters']['list']['items'][number];
export type LetterPage = Outputs['letters']['get'];
export type MessageItem = Outputs['messages']['list']['items'][number];
export type Opened = Outputs['door']['openLink'];
export type Sent = Outputs['notifications']['mine']['items'][number];

/** The key of one thing that a person meant to do: the same on every retry of it. */
const KEY = 'idempotencyKey';
export const withKey = (key: string): { context: Record<string, unknown> } => ({ context: { [KEY]: key } });

const atDoor = (address: unknown): boolean => String(address).includes('/trpc/door.');

/** No batches: every mutation carries its own key. POST throughout, so that nothing personal stands in an address. */
export const client = createTRPCClient<AppRouter>({
  links: [
    httpLink({
      url: '/trpc',
      methodOverride: 'POST',
      // Whoever comes to the door comes without a login, and the server is not told of one.
      fetch: (address, request) =>
        fetch(address, { ...(request as RequestInit), credentials: atDoor(address) ? 'omit' : 'same-origin' }),
      headers: ({ op }) => {
        const key = op.context[KEY];
        return typeof key === 'string' ? { 'Idempotency-Key': key, ...idleHeader() } : idleHeader();
      },
    }),
  ],
});

const permanent = (error: unknown): boolean => problemOf(error).code !== 'OFFLINE';

export const queryClient: QueryClient = new QueryClient({
  queryCache: new QueryCache({
    onError: (error, query) => {
      // A login that has run out is found by whichever query comes first; the gate then asks for a new one.
      if (problemOf(error).code !== 'UNAUTHENTICATED' || query.queryHash === sessionHash) return;
      void queryClient.invalidateQueries(trpc.session.me.queryFilter());
    },
  }),
  defaultOptions: {
    queries: { staleTime: 5_000, retry: (count, error) => !permanent(error) && count < 3 },
    mutations: { retry: (count, error) => !permanent(error) && count < 2, networkMode: 'always' },
  },
});

export const trpc = createTRPCOptionsProxy<AppRouter>({ client, queryClient });
const sessionHash = JSON.stringify(trpc.session.me.queryKey());
