import { createServer, type Server, type Socket } from 'node:net';
import { LOOPBACK } from '#training/ports.ts';

/** The harmless text that every scanner takes for a virus; in two halves, so that none takes this file for one. */
export const EICAR = Buffer.from(
  ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR', '-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join(''),
);
/** What the product takes for a PDF and the scanner for harmful. */
export const HARMFUL_PDF = Buffer.concat([Buffer.from('%PDF-1.7\n'), EICAR]);

/** `limit`: takes no more bytes than that. `says`: answers this to everything. `gate`: answers when it is open. */
export type ScannerMood =
  | 'well'
  | 'hangs up'
  | { readonly limit: number }
  | { readonly says: string }
  | { readonly gate: Promise<void> };

export type TestClamd = {
  readonly url: string;
  /** How many contents came whole. */
  readonly looked: () => number;
  readonly behave: (mood: ScannerMood) => void;
  readonly stop: () => Promise<void>;
};

const listen = (server: Server): Promise<number> =>
  new Promise((resolve) => {
    server.listen(0, LOOPBACK, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });

/**
 * A server on the loopback that speaks clamd's protocol byte by byte (clamd(8), `zINSTREAM`, `zPING`), knows one virus and
 * misbehaves as it is told. `platform/scanner.clamd.test.ts` holds that it answers as the real one does.
 */
export const startClamd = async (): Promise<TestClamd> => {
  let mood: ScannerMood = 'well';
  let looked = 0;
  const sockets = new Set<Socket>();

  const answer = async (socket: Socket, content: Buffer): Promise<void> => {
    looked += 1;
    if (typeof mood === 'object' && 'gate' in mood) await mood.gate;
    const says = typeof mood === 'object' && 'says' in mood ? mood.says : null;
    socket.end(`${says ?? (content.includes(EICAR) ? 'stream: Eicar-Test-Signature FOUND' : 'stream: OK')}\0`);
  };
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
    if (mood === 'hangs up') {
      socket.destroy();
      return;
    }
    let [waiting, pieces, bytes, command] = [Buffer.alloc(0), [] as Buffer[], 0, ''];
    const take = (length: number): Buffer => {
      const taken = waiting.subarray(0, length);
      waiting = waiting.subarray(length);
      return taken;
    };
    const step = (): boolean => {
      if (command === '') {
        const end = waiting.indexOf(0);
        if (end === -1) return false;
        command = take(end + 1)
          .toString('latin1')
          .slice(0, -1);
        if (command === 'zPING') socket.end('PONG\0');
        else if (command !== 'zINSTREAM') socket.end('UNKNOWN COMMAND\0');
        return command === 'zINSTREAM';
      }
      const length = waiting.length < 4 ? null : waiting.readUInt32BE(0);
      if (length === 0) {
        void answer(socket, Buffer.concat(pieces));
        return false;
      }
      if (length === null || waiting.length < 4 + length) return false;
      take(4);
      pieces.push(take(length));
      bytes += length;
      if (!(typeof mood === 'object' && 'limit' in mood && bytes > mood.limit)) return true;
      socket.end('INSTREAM size limit exceeded. ERROR\0');
      return false;
    };
    socket.on('data', (piece: Buffer) => {
      waiting = Buffer.concat([waiting, piece]);
      while (step());
    });
  });
  const port = await listen(server);
  return {
    url: `tcp://${LOOPBACK}:${port}`,
    looked: () => looked,
    behave: (next) => {
      mood = next;
    },
    stop: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
};
