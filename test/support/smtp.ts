import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import { LOOPBACK } from '#training/ports.ts';

export type Moment = 'connect' | 'login' | 'sender' | 'receiver' | 'data';

/**
 * What to answer at a moment: a code refuses, with or without the code of RFC 3463 (`452 4.2.2`), `hang up` ends the
 * connection, `silence` answers never, null is well. A mood that takes its time answers slowly.
 */
type Reply = number | `${number} ${number}.${number}.${number}` | 'hang up' | 'silence' | null;
export type Mood = (moment: Moment, address: string) => Reply | Promise<Reply>;

export type TestSmtp = {
  readonly url: string;
  /** Everything that was accepted, oldest first. */
  readonly taken: { readonly to: string[]; readonly raw: string; readonly mail: ParsedMail }[];
  /** How many connections were made. */
  readonly connections: () => number;
  readonly behave: (mood: Mood) => void;
  readonly stop: () => Promise<void>;
};

const PORT_ANY = 0;
const well: Mood = () => null;

/** A real SMTP server on the loopback that misbehaves as it is told, and quotes receivers in its refusals as real ones do. */
export const startSmtp = async (): Promise<TestSmtp> => {
  let mood = well;
  let connections = 0;
  const taken: { to: string[]; raw: string; mail: ParsedMail }[] = [];

  // smtp-server has no call for hanging up in the middle; its connections hold their sockets.
  const hangUp = (id: string): void => {
    for (const connection of server.connections) if (connection.id === id) connection._socket.destroy();
  };
  const answer = async (
    moment: Moment,
    session: { id: string },
    address: string,
    next: (error?: Error | null) => void,
  ): Promise<void> => {
    const reply = await mood(moment, address);
    if (reply === null) return next();
    if (reply === 'hang up') return hangUp(session.id);
    if (reply === 'silence') return;
    const [code, enhanced] = String(reply).split(' ');
    const words = `${enhanced ? `${enhanced} ` : ''}<${address}> is not wanted`;
    next(Object.assign(new Error(words), { responseCode: Number(code) }));
  };

  const server = new SMTPServer({
    authOptional: true,
    allowInsecureAuth: true,
    disabledCommands: ['STARTTLS'],
    disableReverseLookup: true,
    closeTimeout: 100,
    onConnect: (session, next) => {
      connections += 1;
      void answer('connect', session, '', next);
    },
    onAuth: (auth, session, next) =>
      answer('login', session, auth.username ?? '', (error) => (error ? next(error) : next(null, { user: 'mailer' }))),
    onMailFrom: (from, session, next) => answer('sender', session, from.address, next),
    onRcptTo: (to, session, next) => answer('receiver', session, to.address, next),
    onData: (stream, session, next) => {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', async () => {
        const to = session.envelope.rcptTo.map(({ address }) => address);
        const raw = Buffer.concat(parts);
        const mail = await simpleParser(raw);
        await answer('data', session, to.join(), (error) => {
          if (!error) taken.push({ to, raw: raw.toString('latin1'), mail });
          next(error);
        });
      });
    },
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(PORT_ANY, LOOPBACK, resolve));
  const address = server.server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `smtp://${LOOPBACK}:${port}`,
    taken,
    connections: () => connections,
    behave: (next) => {
      mood = next;
    },
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
};
