/**
 * What may stand in a log line: ids of ours, counts, durations, closed codes. A key that is not here is dropped, so
 * that nobody's name, CPR or words reach a log by a forgotten spread.
 */
const ALLOWED = [
  'act',
  'action',
  'actorId',
  'attempt',
  'caseEventId',
  'code',
  'count',
  'deadlineId',
  'depth',
  'durationMs',
  'event',
  'jobId',
  'kind',
  'lagMs',
  'messageName',
  'method',
  'migration',
  'notificationId',
  'outboundMessageId',
  'outboxId',
  'personId',
  'pid',
  'port',
  'procedure',
  'process',
  'queue',
  'reason',
  'referralId',
  'requestId',
  'route',
  'rule',
  'sessionId',
  'status',
  'sweep',
  'unitId',
] as const;

export type LogField = (typeof ALLOWED)[number];
export type LogFields = { readonly [key in LogField]?: string | number | boolean | null | undefined };

/** `event` is dotted and in the past tense: `outbox.relayed`. `error` gives its class and frames, never its message. */
export type Logger = {
  readonly info: (event: string, fields?: LogFields) => void;
  readonly warn: (event: string, fields?: LogFields, error?: unknown) => void;
  readonly error: (event: string, fields?: LogFields, error?: unknown) => void;
};

const allowed: ReadonlySet<string> = new Set(ALLOWED);
/** Ids, routes and codes look like this; a sentence, a name with a space or a CPR does not. */
const PLAIN = /^(?!\d{6}-?\d{4}$)[\w.:/{}@+-]{1,120}$/;

type Kept = Record<string, string | number | boolean | null>;

const safe = (fields: LogFields): Kept => {
  const kept: Kept = {};
  for (const [key, value] of Object.entries(fields)) {
    if (!allowed.has(key) || value === undefined) continue;
    if (value === null || typeof value === 'number' || typeof value === 'boolean') kept[key] = value;
    else if (typeof value === 'string') kept[key] = PLAIN.test(value) ? value : '[dropped]';
  }
  return kept;
};

const FRAME = /^\s+at /;

/**
 * The class and the frames of anything thrown. The message is left out because libraries put values into theirs: a
 * database quotes the row, a parser the input.
 */
const describeError = (error: unknown): { errorClass: string; errorCode?: string; frames: string[] } => {
  if (!(error instanceof Error)) return { errorClass: typeof error, frames: [] };
  const code = 'code' in error && typeof error.code === 'string' && PLAIN.test(error.code) ? error.code : undefined;
  const stack = error.stack ?? '';
  const start = stack.indexOf(error.message);
  const lines = start === -1 ? [] : stack.slice(start + error.message.length).split('\n');
  const frames = lines.filter((line) => FRAME.test(line)).map((line) => line.trim());
  return { errorClass: error.constructor.name, ...(code === undefined ? {} : { errorCode: code }), frames };
};

/** All that a line may say beside its event, whoever writes it. */
export const logLine = (fields: LogFields | undefined, error?: unknown): Readonly<Record<string, unknown>> => ({
  ...safe(fields ?? {}),
  ...(error === undefined ? {} : describeError(error)),
});

/** Says nothing; for tests. */
export const silentLogger: Logger = { info: () => undefined, warn: () => undefined, error: () => undefined };
