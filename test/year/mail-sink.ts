import { SMTPServer } from 'smtp-server';
import { LOOPBACK } from '#training/ports.ts';
import type { Sightings } from './planted.ts';

export type MailSink = {
  readonly url: string;
  /** Message-IDs taken since the last call, in the order in which they came. */
  readonly take: () => string[];
  readonly stop: () => Promise<void>;
};

const MESSAGE_ID = /^message-id:\s*<([^@>]+)@/im;

/** A real mail server that takes everything and keeps nothing but the ids: a year's mail would fill a mailbox. */
export const startMailSink = async ({ look }: Pick<Sightings, 'look'>): Promise<MailSink> => {
  let taken: string[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    closeTimeout: 100,
    onData: (stream, _session, done) => {
      let text = '';
      stream.on('data', (part: Buffer) => {
        text += part.toString('latin1');
      });
      stream.on('end', () => {
        const id = MESSAGE_ID.exec(text)?.[1];
        if (id !== undefined) taken.push(id);
        look('mail', Buffer.from(text, 'latin1'));
        done();
      });
    },
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, LOOPBACK, resolve));
  const address = server.server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `smtp://${LOOPBACK}:${port}`,
    take: () => {
      const all = taken;
      taken = [];
      return all;
    },
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
};
