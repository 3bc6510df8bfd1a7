import type { SmtpCatcher } from '../smtp-catcher.ts';

const unquoted = (raw: string): string =>
  Buffer.from(
    raw
      .replaceAll('=\r\n', '')
      .replace(/=([0-9A-F]{2})/g, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  ).toString();

const unbased = (raw: string): string =>
  (raw.match(/(?:[A-Za-z0-9+/=]{40,}\r?\n?)+/g) ?? [])
    .map((block) => Buffer.from(block, 'base64').toString())
    .join('\n');

/** All mail that was taken: as it came over the wire, decoded, and as a mail program shows it. Lower case. */
export const mailText = (catcher: Pick<SmtpCatcher, 'list' | 'raw'>): string =>
  catcher
    .list()
    .flatMap(({ id, subject, text, html }) => {
      const raw = Buffer.from(catcher.raw(id) ?? []);
      const wire = raw.toString('latin1');
      return [raw.toString(), unquoted(wire), unbased(wire), subject, text, html ?? ''];
    })
    .join('\n')
    .toLowerCase();
