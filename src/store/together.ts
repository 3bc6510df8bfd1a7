import type { Tx } from './db.ts';

type Waiting<A, R> = { readonly asked: A; readonly answer: (r: R) => void; readonly fail: (error: unknown) => void };

/**
 * So many waiting are worth a statement beside the one under way; fewer wait for it. A statement costs as much to begin as
 * two submissions cost in it, and two beside each other wait for each other (`bench -- submit`: 1,190 a second by sixteen, 960
 * by six).
 */
const ENOUGH = 16;
/** So many leave in one statement, if so many wait, whatever else is said of groups. */
const LEAST = 8;
/** Statements of one kind under way on one client, so that a slow one does not hold everybody up. */
const MOST_UNDER_WAY = 4;

/** What was sent is on its way by then, and what has come is there. */
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/**
 * One statement for what many ask for at the same time: while one is under way on a client, further askers wait and
 * leave together when it comes back, at most `most`. Alone, nobody waits. `compose` makes what asks for a group and answers
 * each by its place. When either throws, each is asked for alone, so that nobody fails by another's fault; what it did must be
 * undone by then or harmless to do twice. A transaction is a client of its own and shares with nobody. `level`: for statements
 * that take as long as what their askers do in between; groups then become of one size (decision 055), and who leaves next is
 * composed while those before are away (decision 056).
 */
export const together = <A, R>(
  compose: (asked: readonly A[]) => (tx: Tx) => Promise<readonly R[]>,
  { most, level }: { readonly most: number; readonly level: boolean },
) => {
  type Group = { readonly askers: readonly Waiting<A, R>[]; readonly ask: (tx: Tx) => Promise<readonly R[]> };
  type Sent = { readonly size: number; readonly tell: Promise<() => Promise<unknown>> };
  /** `away`, `ready`: of the only statement under way, how many it asks for, and who leave when it comes back. */
  type Client = {
    readonly tx: Tx;
    readonly waiting: Waiting<A, R>[];
    underWay: number;
    away: number;
    ready: Group | null;
  };
  const clients = new WeakMap<Tx, Client>();
  const grouped = (askers: readonly Waiting<A, R>[]): Group => {
    try {
      return { askers, ask: compose(askers.map((one) => one.asked)) };
    } catch (error) {
      return { askers, ask: () => Promise.reject(error) };
    }
  };
  /** Asks, and answers how to tell the askers. */
  const ask = async (tx: Tx, group: Group): Promise<() => Promise<unknown>> => {
    const { askers } = group;
    try {
      const answers = await group.ask(tx);
      const told = askers.map((one, place) => ({ one, is: answers[place] as R }));
      return async () => {
        for (const { one, is } of told) one.answer(is);
      };
    } catch (error) {
      if (askers.length === 1) return async () => askers[0]?.fail(error);
      return () => Promise.all(askers.map(async (one) => (await ask(tx, grouped([one])))()));
    }
  };
  const send = (client: Client, group: Group): Sent => {
    client.away = group.askers.length;
    return { size: group.askers.length, tell: ask(client.tx, group) };
  };
  const take = ({ waiting }: Client, size: number): Group => grouped(waiting.splice(0, Math.min(size, most)));
  // Whoever has just been answered asks again before long: half of all leave now and half with those, or a few and many
  // would leave by turns for ever, and the database and this process wait for each other.
  const half = ({ waiting }: Client, others: number): number =>
    Math.max(LEAST, Math.ceil((waiting.length + others) / 2));
  const next = (client: Client, back: number): Group | null =>
    client.waiting.length < (client.underWay === 1 ? 1 : ENOUGH)
      ? null
      : take(client, level && back > 0 ? half(client, back) : most);
  const leave = async (client: Client): Promise<void> => {
    let sent: Sent | null = null;
    let back = 0;
    for (;;) {
      if (!sent) {
        // Whoever comes in the same turn of the loop goes along, beside those who wait: a tenth more submissions a second
        // than by leaving as soon as the one before has come back, and a tenth less CPU each.
        await turn();
        const group = next(client, back);
        if (!group) break;
        sent = send(client, group);
      }
      const tell = await sent.tell;
      back = sent.size;
      client.away = 0;
      const { ready } = client;
      client.ready = null;
      sent = ready && send(client, ready);
      // Otherwise all that follows from the answers would come first, and the database would wait for it.
      if (sent) await turn();
      await tell();
    }
    client.underWay -= 1;
  };
  return (tx: Tx, asked: A): Promise<R> => {
    const client = clients.get(tx) ?? { tx, waiting: [], underWay: 0, away: 0, ready: null };
    clients.set(tx, client);
    return new Promise((answer, fail) => {
      client.waiting.push({ asked, answer, fail });
      const ready = client.ready?.askers ?? [];
      if (client.underWay < (ready.length + client.waiting.length < ENOUGH ? 1 : MOST_UNDER_WAY)) {
        // Many do not wait for a slow statement, and leave in one of their own.
        client.waiting.unshift(...ready);
        client.ready = null;
        client.underWay += 1;
        void leave(client);
      } else if (level && client.away >= LEAST && client.underWay === 1 && !client.ready) {
        const size = half(client, client.away);
        if (client.waiting.length >= size) client.ready = take(client, size);
      }
    });
  };
};
