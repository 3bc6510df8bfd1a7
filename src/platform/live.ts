import pg from 'pg';
import { z } from 'zod';
import { sleep } from './clock.ts';
import type { Logger } from './logger.ts';

/** Where `store/live.ts` publishes. */
const CHANNEL = 'bindeled_changed';
const RECONNECT_MS = 1_000;

const LIST = z.array(z.string()).default([]);
const PAYLOAD = z.object({ units: LIST, persons: LIST, ended: LIST });

/**
 * `all`: changes may have been missed, look at everything again. `some`: something of theirs changed. `ended`: their
 * session is over, and nothing more may be told.
 */
export type LiveChange = 'some' | 'all' | 'ended';
export type LiveFilter = { readonly units: readonly string[]; readonly personId: string; readonly sessionId: string };

export type LiveHub = {
  /** Calls back for each change of one of the units or the person, until the answered function is called. */
  readonly subscribe: (filter: LiveFilter, listener: (what: LiveChange) => void) => () => void;
  readonly close: () => Promise<void>;
};

type Subscriber = {
  readonly units: ReadonlySet<string>;
  readonly personId: string;
  readonly sessionId: string;
  readonly tell: (what: LiveChange) => void;
};

/**
 * One connection that listens for what the relay publishes. It connects by itself, again after every loss, and then
 * tells everybody to look again, because notifications sent meanwhile are gone.
 */
export const createLiveHub = (databaseUrl: string, log: Logger): LiveHub => {
  const subscribers = new Set<Subscriber>();
  const closing = new AbortController();

  const receive = (payload: string | undefined): void => {
    const { units, persons, ended } = PAYLOAD.parse(JSON.parse(payload ?? ''));
    for (const subscriber of subscribers) {
      if (ended.includes(subscriber.sessionId)) subscriber.tell('ended');
      else if (persons.includes(subscriber.personId) || units.some((unit) => subscriber.units.has(unit))) {
        subscriber.tell('some');
      }
    }
  };

  /** Answers when the connection has ended; throws when it could not be made. */
  const listenOnce = async (again: boolean): Promise<void> => {
    const client = new pg.Client({
      connectionString: databaseUrl,
      application_name: 'bindeled live pages',
      keepAlive: true,
      keepAliveInitialDelayMillis: 10_000,
      connectionTimeoutMillis: 10_000,
    });
    const ended = new Promise<void>((resolve) => client.once('end', resolve));
    client.on('error', (error) => log.warn('live.connection-failed', {}, error));
    client.on('notification', ({ payload }) => {
      try {
        receive(payload);
      } catch (error) {
        log.warn('live.message-dropped', {}, error);
      }
    });
    const end = (): void => {
      client.end().catch(() => undefined);
    };
    closing.signal.addEventListener('abort', end, { once: true });
    try {
      await client.connect();
      await client.query(`listen ${CHANNEL}`);
      if (again) for (const subscriber of subscribers) subscriber.tell('all');
      await ended;
    } finally {
      closing.signal.removeEventListener('abort', end);
      end();
    }
  };

  const listen = async (): Promise<void> => {
    for (let again = false; !closing.signal.aborted; again = true) {
      try {
        await listenOnce(again);
      } catch (error) {
        if (!closing.signal.aborted) log.warn('live.connection-failed', {}, error);
      }
      await sleep(RECONNECT_MS, closing.signal);
    }
  };
  const listening = listen();

  return {
    subscribe: ({ units, ...who }, tell) => {
      const subscriber = { units: new Set(units), ...who, tell };
      subscribers.add(subscriber);
      return () => void subscribers.delete(subscriber);
    },
    close: async () => {
      closing.abort();
      await listening;
    },
  };
};
