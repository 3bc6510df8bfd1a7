import { connect, type Socket } from 'node:net';
import type { Scanning } from './deps.ts';

const CLAMD_PORT = 3310;
/** Of silence: a large PDF takes seconds to look through. */
const PATIENCE_MS = 60_000;
const CONNECT_MS = 10_000;
/** More than any answer of clamd's. */
const MOST_ANSWERED = 4_096;

const open = (url: string): Socket => {
  const { protocol, hostname, port, pathname } = new URL(url);
  if (protocol === 'unix:') return connect({ path: decodeURIComponent(pathname) });
  return connect({ host: hostname.replace(/^\[|\]$/g, ''), port: Number(port || CLAMD_PORT) });
};

/**
 * One conversation: what is sent, until there is an answer or the server hangs up. Commands in clamd's z form end in a zero
 * byte, and so does the answer. Null when none comes.
 */
const talk = async (
  url: string,
  say: (write: (bytes: Uint8Array | string) => Promise<boolean>) => Promise<void>,
): Promise<string | null> => {
  const socket = open(url);
  let heard = '';
  let over = false;
  const ended = new Promise<void>((resolve) => {
    const end = (): void => {
      over = true;
      resolve();
    };
    socket.setTimeout(CONNECT_MS, () => socket.destroy());
    socket.once('connect', () => socket.setTimeout(PATIENCE_MS));
    socket.on('data', (piece) => {
      heard += piece.toString('latin1');
      if (heard.includes('\0') || heard.length > MOST_ANSWERED) end();
    });
    for (const event of ['end', 'close', 'error']) socket.on(event, end);
  });
  // Whoever has the answer already, as of a file that is too large, does not read on; writing on would lose it.
  const write = (bytes: Uint8Array | string): Promise<boolean> =>
    over
      ? Promise.resolve(false)
      : new Promise((resolve) => {
          socket.write(bytes, (error) => resolve(!error && !over));
          void ended.then(() => resolve(false));
        });
  try {
    await say(write);
    await ended;
  } finally {
    socket.destroy();
  }
  const end = heard.indexOf('\0');
  return end === -1 ? null : heard.slice(0, end);
};

const lengthOf = (piece: Uint8Array): Uint8Array => {
  const four = Buffer.alloc(4);
  four.writeUInt32BE(piece.length);
  return four;
};

/** clamd at `tcp://HOST:PORT` or `unix:PATH` looks through what comes, a piece at a time. Throws what `content` throws. */
export const clamdAt =
  (url: string): Scanning =>
  (content) =>
    talk(url, async (write) => {
      if (!(await write('zINSTREAM\0'))) return;
      for await (const piece of content) {
        // A piece of no length would be the end.
        if (piece.length > 0 && !((await write(lengthOf(piece))) && (await write(piece)))) return;
      }
      await write(Buffer.alloc(4));
    });

/** Does it answer? */
export const pingClamd = async (url: string): Promise<boolean> =>
  (await talk(url, async (write) => void (await write('zPING\0')))) === 'PONG';
