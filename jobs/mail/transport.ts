import { createTransport } from 'nodemailer';
import type { Answer } from '#domain/delivery.ts';
import type { Instant } from '#domain/time.ts';

export type Letter = {
  /** `<id@host>`, the same at every attempt, so that a receiver's server can drop the second copy. */
  readonly messageId: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly language: 'da' | 'en';
  /** The Date of the mail. */
  readonly at: Instant;
};

export type Mailer = {
  /** Never throws for what a server or a network does. */
  readonly send: (letter: Letter) => Promise<Answer>;
  readonly close: () => void;
};

export const MAIL_CONNECTIONS = 6;

/** Real milliseconds. A slow server may take its time between two words; an attempt as a whole ends sooner than its lease. */
export type MailLimits = {
  readonly connection: number;
  readonly greeting: number;
  readonly silence: number;
  readonly attempt: number;
};
const LIMITS: MailLimits = { connection: 10_000, greeting: 10_000, silence: 30_000, attempt: 45_000 };

const field = (error: unknown, name: 'response' | 'responseCode' | 'command' | 'code'): unknown =>
  error instanceof Error && name in error ? Reflect.get(error, name) : undefined;

const OF_RECEIVER: ReadonlySet<unknown> = new Set(['RCPT TO', 'DATA']);

const enhancedIn = (response: unknown): string | null =>
  typeof response === 'string' ? (/^\d{3}[ -]([245]\.\d{1,3}\.\d{1,3})\b/.exec(response)?.[1] ?? null) : null;

/** What a failed attempt tells, without the server's words, which quote the receiver. */
const answerOf = (error: unknown, whole: boolean): Answer => {
  const [code, command] = [field(error, 'responseCode'), field(error, 'command')];
  const malformed = field(error, 'code') === 'EENVELOPE' && command === 'API';
  return {
    taken: false,
    code: typeof code === 'number' ? code : null,
    enhanced: enhancedIn(field(error, 'response')),
    at: malformed ? 'address' : OF_RECEIVER.has(command) ? 'receiver' : 'server',
    whole,
  };
};

/** Mail over SMTP with a pool of connections. `from` is an address; nobody reads what is answered to it. */
export const createMailer = (smtpUrl: string, from: string, limits: MailLimits = LIMITS): Mailer => {
  const transport = createTransport({
    url: smtpUrl,
    pool: true,
    maxConnections: MAIL_CONNECTIONS,
    maxMessages: 100,
    // Once, for a connection that the server closed while it was idle. All other retries are the outbox's.
    maxRequeues: 1,
    disableFileAccess: true,
    disableUrlAccess: true,
    dnsTimeout: limits.connection,
    connectionTimeout: limits.connection,
    greetingTimeout: limits.greeting,
    socketTimeout: limits.silence,
  });
  /** Message-IDs of mails that have left to the last byte while their answer is awaited. */
  const whole = new Set<string>();
  transport.use('stream', (mail, done) => {
    const id = String(mail.message.getHeader('message-id'));
    // The stream is read by the connection, so its end means that the last byte has left.
    mail.message.processFunc((content) => content.once('end', () => whole.add(id)));
    done();
  });
  return {
    send: async ({ messageId, to, subject, text, html, language, at }) => {
      try {
        const { response } = await transport.sendMail({
          from: { name: 'Bindeled', address: from },
          to: { name: '', address: to },
          messageId,
          date: new Date(at.epochMilliseconds),
          subject,
          text,
          html,
          // Waiting for a connection counts, too: a pool of which every connection hangs answers all the same.
          signal: AbortSignal.timeout(limits.attempt),
          headers: {
            'Content-Language': language,
            // RFC 3834: no out-of-office answers to a machine.
            'Auto-Submitted': 'auto-generated',
            'X-Auto-Response-Suppress': 'All',
          },
        });
        const code = Number(/^\d{3}/.exec(response)?.[0] ?? 250);
        return { taken: true, code, enhanced: null, at: 'receiver', whole: true };
      } catch (error) {
        return answerOf(error, whole.has(messageId));
      } finally {
        whole.delete(messageId);
      }
    },
    close: () => transport.close(),
  };
};

/** The address that mail comes from: nobody's, at the host of the product's own address. */
export const senderAt = (publicUrl: string): string => `no-reply@${new URL(publicUrl).hostname}`;
