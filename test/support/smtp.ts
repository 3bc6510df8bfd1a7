import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import { LOOPBACK } from '#training/ports.ts';

export type Moment = 'connect' | 'login' | 'sender' | 'receiver' | 'data';

/** What to answer at a moment: a code refuses, `hang up` ends the connection, `silence` answers never, null is well. */
export type Mood = (moment: Moment, address: string) => number | 'hang up' | 'silence' | null;

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
  const answer = (
    moment: Moment,
    session: { id: string },
    address: string,
    next: (error?: Error | null) => void,
  ): void => {
    const reply = mood(moment, address);
    if (reply === null) next();
    else if (reply === 'hang up') hangUp(session.id);
    else if (reply !== 'silence') next(Object.assign(new Error(`<${address}> is not wanted`), { responseCode: reply }));
  };

  const server = new SMTPServer({
    authOptional: true,
    allowInsecureAuth: true,
    disabledCommands: ['STARTTLS'],
    disableReverseLookup: true,
    closeTimeout: 100,
    onConnect: (session, next) => {
      connections += 1;
      answer('connect', session, '', next);
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
        answer('data', session, to.join(), (error) => {
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
