import type { Reason } from './errors.ts';

/** Lines of the journal about files. */
export const FILE_EVENTS = {
  'file-added': { da: 'Fil lagt på sagen', en: 'File added to the case' },
  'file-received': { da: 'Fil fra underretter', en: 'File from the notifier' },
  'file-cleared': { da: 'Fil kontrolleret: ingen skadelig kode', en: 'File checked: no harmful code' },
  'file-refused': {
    da: 'Fil afvist og slettet: den indeholdt skadelig kode',
    en: 'File refused and deleted: it held harmful code',
  },
} as const satisfies Readonly<Record<string, Reason>>;

/** What was found, by the scanner's own name of it; null for all other lines. */
export const fileDetail = (kind: string, data: Readonly<Record<string, unknown>>): Reason | null =>
  kind === 'file-refused' ? { da: String(data.found), en: String(data.found) } : null;
