import { type DestinationStream, pino } from 'pino';
import { type Logger, logLine } from './logger.ts';

/** JSON lines on standard output, or on `destination`. Levels as in pino; the time is the machine's. */
export const createLogger = (process: string, destination?: DestinationStream): Logger => {
  const base = { base: { process }, messageKey: 'event' };
  const sink = destination === undefined ? pino(base) : pino(base, destination);
  return {
    info: (event, fields) => sink.info(logLine(fields), event),
    warn: (event, fields, error) => sink.warn(logLine(fields, error), event),
    error: (event, fields, error) => sink.error(logLine(fields, error), event),
  };
};
