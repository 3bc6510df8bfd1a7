import { DomainError, type Reason } from './errors.ts';
import { type Instant, localDay } from './time.ts';

/**
 * `held`: whole, and not looked through yet. `refused`: it holds what does harm, and its content was destroyed. Only what
 * is `cleared` can be opened; where no scanner is set, what has come whole is cleared at once.
 */
export const FILE_STATES = ['arriving', 'held', 'cleared', 'refused'] as const;
export type FileState = (typeof FILE_STATES)[number];
/** What can be seen of a file: all but what is still on its way. */
export type SeenState = Exclude<FileState, 'arriving'>;

/** What came of looking through a file once. `found`: the scanner's own name of what does harm. */
export type Verdict =
  | { readonly said: 'clean' }
  | { readonly said: 'harmful'; readonly found: string }
  | { readonly said: Unsaid };

/** Why a file is still held after it was given to the scanner. */
export type Unsaid = 'too-large' | 'away';

/** Of clamd: it has stopped at a limit of its own, so what lies beyond was not looked at. */
const LIMIT = /^INSTREAM size limit exceeded|^stream: Heuristics\.Limits\.Exceeded/i;
const FOUND = /^stream: (.{1,200}) FOUND$/s;
/** Names of signatures stand in journals and on screens, and come from elsewhere. */
const STRANGE = /[^\w.:()/+-]+/g;

/**
 * Reads clamd's answer to INSTREAM (clamd(8)): `stream: OK`, `stream: NAME FOUND`, `INSTREAM size limit exceeded. ERROR`.
 * None, and every other one, says nothing of the file: null.
 */
export const verdictOf = (reply: string | null): Verdict => {
  const text = (reply ?? '').trim();
  if (text === 'stream: OK') return { said: 'clean' };
  if (LIMIT.test(text)) return { said: 'too-large' };
  const [, found] = FOUND.exec(text) ?? [];
  return found === undefined ? { said: 'away' } : { said: 'harmful', found: found.replace(STRANGE, '_') };
};

/** Policy: minutes before a file is given to the scanner again, the last one repeated; it may be back any moment. */
const AWAY_PAUSES = [1, 2, 5, 10, 15] as const;
/** A limit that was raised is found within the hour. */
const LIMIT_PAUSE = 60;
/** What is handed over is handed over again when nothing was heard of it for so long. Minutes. */
const UNHEARD = 5;
/** Whoever sees to the scanner is asked when a file has waited for this long, at once where waiting does not help. */
export const HELD_TOO_LONG = { minutes: 60 } as const;

export const unheardAgainAt = (now: Instant): Instant => now.add({ minutes: UNHEARD });

/** What a file becomes. `attempts`: how often nothing was said of it before. Worked: away at 10:00 for the third time → 10:05. */
export const afterScan = (
  verdict: Verdict,
  attempts: number,
  now: Instant,
): { readonly state: 'cleared' | 'refused' } | { readonly state: 'held'; readonly againAt: Instant } => {
  if (verdict.said === 'clean') return { state: 'cleared' };
  if (verdict.said === 'harmful') return { state: 'refused' };
  const pause = AWAY_PAUSES[Math.min(attempts, AWAY_PAUSES.length - 1)] ?? LIMIT_PAUSE;
  return { state: 'held', againAt: now.add({ minutes: verdict.said === 'away' ? pause : LIMIT_PAUSE }) };
};

/** Why somebody gets a task about a file or about the scanner. */
export const SCAN_REASONS = {
  harmful: { da: 'Filen indeholdt skadelig kode og er slettet', en: 'The file held harmful code and was deleted' },
  'scanner-away': {
    da: 'Filer har ventet i mere end en time på at blive kontrolleret',
    en: 'Files have waited for more than an hour to be checked',
  },
  'scanner-limit': {
    da: 'En fil er større, end kontrollen må tage imod',
    en: 'A file is larger than the check may take',
  },
} as const satisfies Readonly<Record<string, Reason>>;
export type ScanReason = keyof typeof SCAN_REASONS;

/** What the person is asked about who sees to the scanner, and by which subject: once on each local day for each reason. */
export const askAbout = (said: Unsaid, now: Instant): { readonly reason: ScanReason; readonly subject: string } => {
  const reason = said === 'away' ? 'scanner-away' : 'scanner-limit';
  return { reason, subject: `${reason} ${localDay(now)}` };
};

const SHUT = {
  held: {
    da: 'Filen bliver kontrolleret for skadelig kode og kan ikke åbnes endnu.',
    en: 'The file is being checked for harmful code and cannot be opened yet.',
  },
  refused: {
    da: 'Filen indeholdt skadelig kode. Den er slettet og kan ikke åbnes.',
    en: 'The file held harmful code. It was deleted and cannot be opened.',
  },
} as const satisfies Readonly<Record<string, Reason>>;

/** Throws ILLEGAL_TRANSITION, with words, for a file that nobody may open. */
export const demandCleared = (state: SeenState): void => {
  if (state !== 'cleared') throw new DomainError('ILLEGAL_TRANSITION', SHUT[state]);
};
