import type { Socket } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import { sleep } from '#platform/clock.ts';
import { type CaughtMail, type Mailbox, openMailbox } from './mailbox.ts';
import { LOOPBACK, portError } from './ports.ts';

/** How the server treats an address, as servers out there do. */
export type Misbehaviour =
  /** 550 to the address, for good. */
  | { readonly kind: 'refuse' }
  /** 451 to the address the first `times` times, then as usual. */
  | { readonly kind: 'greylist'; readonly times: number }
  /** Takes `ms` to say that it has the mail. */
  | { readonly kind: 'slow'; readonly ms: number }
  /** Hangs up after the mail, the first `times` times, without saying whether it has it; `kept` says it. */
  | { readonly kind: 'drop'; readonly times: number; readonly kept: boolean };

export type SmtpCatcher = Pick<Mailbox, 'list' | 'raw' | 'empty'> & {
  readonly port: number;
  /** For nodemailer; plain text, no login. */
  readonly url: string;
  /** Called for each mail once it is kept. The answer ends it. */
  readonly onMail: (listener: (mail: CaughtMail) => void) => () => void;
  /** From now on, for this recipient; null for as usual. */
  readonly misbehave: (address: string, how: Misbehaviour | null) => void;
  readonly stop: () => Promise<void>;
};

type Options = {
  /** Default `.bindeled/mailbox` below the working folder. */
  readonly dir?: string;
  /** Default any free one. */
  readonly port?: number;
};

const MAX_BYTES = 10_000_000;

class Reply extends Error {
  readonly responseCode: number;
  constructor(responseCode: number, text: string) {
    super(text);
    this.responseCode = responseCode;
  }
}

/** What is left of each address's misbehaviour. */
const manners = () => {
  const left = new Map<string, Misbehaviour>();
  const of = (address: string): Misbehaviour | undefined => left.get(address.toLowerCase());
  const set = (address: string, how: Misbehaviour | null): void => {
    if (how === null) left.delete(address.toLowerCase());
    else left.set(address.toLowerCase(), how);
  };
  /** Counts down those that happen a number of times; true while there is one left. */
  const spend = (address: string, how: Extract<Misbehaviour, { times: number }>): boolean => {
    if (how.times <= 0) return false;
    set(address, { ...how, times: how.times - 1 });
    return true;
  };
  return { of, set, spend };
};

/**
 * A real SMTP server on the loopback that delivers nothing and keeps every byte. A mail is on disk before the sender is
 * told that it was taken. Throws StartError for a port in use or a folder of no use.
 */
export const startSmtpCatcher = async (options: Options = {}): Promise<SmtpCatcher> => {
  const mailbox = await openMailbox(options.dir ?? '.bindeled/mailbox');
  const listeners = new Set<(mail: CaughtMail) => void>();
  const sockets = new Map<number, Socket>();
  const { of, set, spend } = manners();

  const take = async (stream: SMTPServerDataStream, session: SMTPServerSession): Promise<string | null> => {
    const raw = await buffer(stream);
    if (stream.sizeExceeded) throw new Reply(552, 'Too large');
    const { mailFrom, rcptTo } = session.envelope;
    const to = rcptTo.map(({ address }) => address);
    const hangUp = to
      .map((address) => ({ address, how: of(address) }))
      .find(({ address, how }) => how?.kind === 'drop' && spend(address, how))?.how;
    if (hangUp?.kind !== 'drop' || hangUp.kept) {
      const mail = await mailbox.add(raw, { from: mailFrom === false ? '' : mailFrom.address, to });
      for (const listener of listeners) listener(mail);
    }
    if (hangUp !== undefined) return null;
    for (const how of to.map(of)) if (how?.kind === 'slow') await sleep(how.ms);
    return 'Kept';
  };

  const server = new SMTPServer({
    banner: 'Bindeled training mailbox',
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    size: MAX_BYTES,
    onRcptTo: ({ address }, _session, callback) => {
      const how = of(address);
      if (how?.kind === 'refuse') return callback(new Reply(550, 'No such mailbox here'));
      if (how?.kind === 'greylist' && spend(address, how)) return callback(new Reply(451, 'Try again later'));
      callback();
    },
    onData: (stream, session, callback) => {
      take(stream, session).then(
        (answer) => (answer === null ? sockets.get(session.remotePort)?.destroy() : callback(null, answer)),
        (error: unknown) => callback(error instanceof Reply ? error : new Reply(451, 'Not kept')),
      );
    },
  });
  server.server.on('connection', (socket: Socket) => {
    const port = socket.remotePort ?? 0;
    sockets.set(port, socket);
    socket.once('close', () => sockets.delete(port));
  });
  await new Promise<void>((resolve, reject) => {
    const refuse = (error: Error): void => reject(portError(error, options.port ?? 0, 'the mail catcher'));
    server.once('error', refuse);
    server.listen({ port: options.port ?? 0, host: LOOPBACK }, () => {
      server.off('error', refuse);
      // A sender that hangs up half-way is the sender's affair.
      server.on('error', () => undefined);
      resolve();
    });
  });
  const address = server.server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const stop = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(resolve);
      for (const socket of sockets.values()) socket.destroy();
    });

  return {
    port,
    url: `smtp://${LOOPBACK}:${port}`,
    list: mailbox.list,
    raw: mailbox.raw,
    empty: mailbox.empty,
    onMail: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    misbehave: set,
    stop,
  };
};
