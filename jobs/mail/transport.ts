import { createTransport } from 'nodemailer';
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

/**
 * `sent`: the server took it. `failed`: try again later. `dropped`: this mail will never be taken. `answer` is the
 * server's code, or `network` and `address` where none came to it; never the server's words, which quote the receiver.
 */
export type Outcome = { readonly state: 'sent' | 'failed' | 'dropped'; readonly answer: string };

export type Mailer = {
  /** Never throws for what a server or a network does. */
  readonly send: (letter: Letter) => Promise<Outcome>;
  readonly close: () => void;
};

const CONNECTIONS = 5;
const TIMEOUTS = { dnsTimeout: 10_000, connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 30_000 };

const field = (error: unknown, name: 'responseCode' | 'command' | 'code'): unknown =>
  error instanceof Error && name in error ? Reflect.get(error, name) : undefined;

/**
 * A code of 5xx means for ever only when it is about this receiver or this mail. The same codes at greeting, login or
 * sender speak of our own settings, and what they hold up must leave once somebody has mended those.
 */
const outcomeOf = (error: unknown): Outcome => {
  const code = field(error, 'responseCode');
  const command = field(error, 'command');
  if (typeof code !== 'number') {
    const malformed = field(error, 'code') === 'EENVELOPE' && command === 'API';
    return malformed ? { state: 'dropped', answer: 'address' } : { state: 'failed', answer: 'network' };
  }
  const final = code >= 500 && (command === 'RCPT TO' || command === 'DATA');
  return { state: final ? 'dropped' : 'failed', answer: String(code) };
};

/** Mail over SMTP with a pool of connections. `from` is an address; nobody reads what is answered to it. */
export const createMailer = (smtpUrl: string, from: string): Mailer => {
  const transport = createTransport({
    url: smtpUrl,
    pool: true,
    maxConnections: CONNECTIONS,
    maxMessages: 100,
    // Once, for a connection that the server closed while it was idle. All other retries are the queue's.
    maxRequeues: 1,
    disableFileAccess: true,
    disableUrlAccess: true,
    ...TIMEOUTS,
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
          headers: {
            'Content-Language': language,
            // RFC 3834: no out-of-office answers to a machine.
            'Auto-Submitted': 'auto-generated',
            'X-Auto-Response-Suppress': 'All',
          },
        });
        return { state: 'sent', answer: /^\d{3}/.exec(response)?.[0] ?? '250' };
      } catch (error) {
        return outcomeOf(error);
      }
    },
    close: () => transport.close(),
  };
};

/** The address that mail comes from: nobody's, at the host of the product's own address. */
export const senderAt = (publicUrl: string): string => `no-reply@${new URL(publicUrl).hostname}`;
