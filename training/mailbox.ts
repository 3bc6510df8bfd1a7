import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { simpleParser } from 'mailparser';
import { StartError } from '#platform/start-error.ts';

/** What the SMTP conversation said, which need not be what the headers say. */
export type Envelope = { readonly from: string; readonly to: readonly string[] };

export type CaughtMail = {
  /** Six digits, rising in the order of arrival. */
  readonly id: string;
  readonly from: string;
  /** Envelope recipients. */
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
  readonly html: string | null;
  readonly messageId: string | null;
  /** The Date header as ISO 8601 in UTC: when the sender's clock says it was sent. */
  readonly sentAt: string | null;
};

/** Mail in the order of arrival, in memory and as `NNNNNN.eml` and `NNNNNN.json` (the envelope) in a folder. */
export type Mailbox = {
  /** Answers once the mail is kept on disk. */
  readonly add: (raw: Buffer, envelope: Envelope) => Promise<CaughtMail>;
  readonly list: () => readonly CaughtMail[];
  /** The bytes as they came over the wire. */
  readonly raw: (id: string) => Uint8Array | null;
  readonly empty: () => Promise<void>;
};

const read = async (id: string, raw: Buffer, envelope: Envelope): Promise<CaughtMail> => {
  const mail = await simpleParser(raw, { skipTextToHtml: true, skipImageLinks: true });
  return {
    id,
    from: envelope.from,
    to: envelope.to,
    subject: mail.subject ?? '',
    text: mail.text ?? '',
    html: typeof mail.html === 'string' ? mail.html : null,
    messageId: mail.messageId ?? null,
    sentAt: mail.date?.toISOString() ?? null,
  };
};

const parseEnvelope = (text: string): Envelope => {
  const value: unknown = JSON.parse(text);
  const [from, to] =
    typeof value === 'object' && value !== null && 'from' in value && 'to' in value ? [value.from, value.to] : [];
  return { from: typeof from === 'string' ? from : '', to: Array.isArray(to) ? to.map(String) : [] };
};

/** Opens the mailbox of `dir`, with what an earlier start left in it. Throws StartError if the folder is of no use. */
export const openMailbox = async (dir: string): Promise<Mailbox> => {
  const mails: CaughtMail[] = [];
  const bytes = new Map<string, Buffer>();
  const file = (id: string, kind: 'eml' | 'json'): string => join(dir, `${id}.${kind}`);

  const load = async (id: string): Promise<void> => {
    const raw = await readFile(file(id, 'eml'));
    bytes.set(id, raw);
    mails.push(await read(id, raw, parseEnvelope(await readFile(file(id, 'json'), 'utf8'))));
  };

  try {
    await mkdir(dir, { recursive: true });
    const names = await readdir(dir);
    // The envelope is renamed into place last: without it a mail was never answered for.
    for (const name of names.filter((one) => /^\d{6}\.json$/.test(one)).sort()) await load(name.slice(0, 6));
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable mail';
    throw new StartError(`The mailbox folder ${dir} cannot be used (${code}).`, { cause: error });
  }

  let last = Number(mails.at(-1)?.id ?? 0);
  let turn: Promise<unknown> = Promise.resolve();

  const keep = async (raw: Buffer, envelope: Envelope): Promise<CaughtMail> => {
    last += 1;
    const id = String(last).padStart(6, '0');
    const mail = await read(id, raw, envelope);
    await writeFile(file(id, 'eml'), raw, { mode: 0o600 });
    await writeFile(`${file(id, 'json')}.part`, JSON.stringify(envelope), { mode: 0o600 });
    await rename(`${file(id, 'json')}.part`, file(id, 'json'));
    bytes.set(id, raw);
    mails.push(mail);
    return mail;
  };

  /** One after the other, so that the list stands in the order of the numbers. */
  const inTurn = <R>(work: () => Promise<R>): Promise<R> => {
    const result = turn.then(work);
    turn = result.catch(() => undefined);
    return result;
  };

  return {
    add: (raw, envelope) => inTurn(() => keep(raw, envelope)),
    list: () => [...mails],
    raw: (id) => bytes.get(id) ?? null,
    empty: () =>
      inTurn(async () => {
        for (const { id } of mails)
          for (const kind of ['json', 'eml'] as const) await rm(file(id, kind), { force: true });
        mails.length = 0;
        bytes.clear();
      }),
  };
};
