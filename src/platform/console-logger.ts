import { type Logger, logLine } from './logger.ts';

/** The same lines as of pino, which wants a file to write to, for a runtime that has only a console. Without a time. */
export const consoleLogger = (process: string): Logger => ({
  info: (event, fields) => console.info(JSON.stringify({ process, ...logLine(fields), event })),
  warn: (event, fields, error) => console.warn(JSON.stringify({ process, ...logLine(fields, error), event })),
  error: (event, fields, error) => console.error(JSON.stringify({ process, ...logLine(fields, error), event })),
});
