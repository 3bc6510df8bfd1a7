import { DomainError, type Reason } from '#domain/errors.ts';
import type { Instant } from '#domain/time.ts';
import type { Deps } from '#platform/deps.ts';
import { countFor } from './context.ts';
import { asTrpcError } from './errors.ts';
import { problem } from './problem.ts';

/** How much may be asked. `atOnce…` are of one process, the others of all together within a minute. */
export type Limits = {
  readonly perPerson: number;
  /** Of one network address, by whoever is not logged in. */
  readonly perVisitor: number;
  /** The same at the door, within an hour and counted in one process's memory only: nothing stored tells who came. */
  readonly atDoor: number;
  readonly atOnce: number;
  readonly atOnceEach: number;
};

/** Policy. A busy caseworker asks for some two hundred a minute; a whole office may have one network address. */
export const LIMITS: Limits = { perPerson: 1200, perVisitor: 600, atDoor: 3000, atOnce: 256, atOnceEach: 32 };

/** The database is told of so many at a time: what one process may let through above the limit. */
export const TOLD_BY = 20;

const TOO_MUCH = {
  da: 'Der er spurgt for meget på kort tid. Vent et øjeblik, og prøv igen. Er det akut, så ring.',
  en: 'Too much was asked in a short time. Wait a moment and try again. If it is urgent, call.',
};
const TOO_BUSY = {
  da: 'Der er meget travlt lige nu. Prøv igen om et øjeblik. Er det akut, så ring.',
  en: 'It is very busy right now. Try again in a moment. If it is urgent, call.',
};

/** Seconds until it is worth while to ask again: a minute of the limits, or a moment. */
export const A_MINUTE = { 'retry-after': '60' };
const A_MOMENT = { 'retry-after': '2' };
const both = ({ da, en }: Reason): string => `${da} · ${en}`;
export const tooMuch = (): Response => problem(429, 'RATE_LIMITED', { detail: both(TOO_MUCH), headers: A_MINUTE });
export const tooBusy = (): Response => problem(503, 'UNAVAILABLE', { detail: both(TOO_BUSY), headers: A_MOMENT });
/** In a procedure the same in the procedure's own form. */
const refused = () => asTrpcError(new DomainError('RATE_LIMITED', TOO_MUCH));

export type Whose = { readonly person: string | null; readonly visitor: string | null; readonly door: boolean };

/** How fast one process is asked, by whom. */
export const createPace = (limits: Limits) => {
  const busy = new Map<string, number>();
  let minute = '';
  const counts = new Map<string, { told: number; untold: number }>();
  /** Whom the technical log tells of already: each once a minute by each limit, so that a flood fills no log. */
  const noted = new Set<string>();

  const begunAnew = (now: Instant): void => {
    const present = now.toString({ smallestUnit: 'minute' });
    // A request may have begun before the minute that another one has begun.
    if (present <= minute) return;
    minute = present;
    counts.clear();
    noted.clear();
  };

  /** Who is not logged in is nobody that a line could name: no network address stands there. */
  const note = ({ log }: Pick<Deps, 'log'>, now: Instant, rule: string, person: string | null): void => {
    begunAnew(now);
    const what = `${rule} ${person}`;
    if (noted.has(what)) return;
    noted.add(what);
    log.warn('pace.refused', { rule, ...(person === null ? {} : { personId: person }) });
  };

  /** One more of them at the same time; answers what to call when it is over, or null beyond `most`. */
  const hold = (what: string, most: number): (() => void) | null => {
    const before = busy.get(what) ?? 0;
    if (before >= most) return null;
    busy.set(what, before + 1);
    return () => {
      const left = (busy.get(what) ?? 1) - 1;
      if (left > 0) busy.set(what, left);
      else busy.delete(what);
    };
  };

  /** Counts one more within the minute. False beyond `most`. */
  const countOnce = async (deps: Deps, now: Instant, who: string, most: number): Promise<boolean> => {
    begunAnew(now);
    const count = counts.get(who) ?? { told: 0, untold: 0 };
    counts.set(who, count);
    count.untold += 1;
    if (count.untold >= TOLD_BY) {
      const more = count.untold;
      count.untold = 0;
      count.told = Math.max(count.told + more, await countFor(deps, now, who, more));
    }
    return count.told + count.untold <= most;
  };

  return {
    /** Any request at all; null when the process has enough to do. */
    begin: () => hold('all', limits.atOnce),
    /** A page that listens for changes. */
    listen: (deps: Deps, now: Instant, person: string) => {
      const over = hold(`listening ${person}`, limits.atOnceEach);
      if (!over) note(deps, now, 'listening', person);
      return over;
    },
    /** Once it is known who asks. Answers what to call when it is answered; throws RATE_LIMITED. */
    enter: async (deps: Deps, now: Instant, { person, visitor, door }: Whose): Promise<() => void> => {
      const free = (): void => undefined;
      const beyond = (rule: string) => {
        note(deps, now, rule, person);
        return refused();
      };
      if (door) {
        if (!deps.quietCounts.count(visitor && `door ${visitor}`, now, limits.atDoor)) throw beyond('at-door');
        return free;
      }
      const who = person === null ? visitor && `visitor ${visitor}` : `person ${person}`;
      if (!who) return free;
      const leave = hold(who, limits.atOnceEach);
      if (!leave) throw beyond('at-once');
      try {
        const most = person === null ? limits.perVisitor : limits.perPerson;
        // In training the clock may stand still, and a minute then never ends.
        if (!deps.training && !(await countOnce(deps, now, who, most))) throw beyond('in-a-minute');
        return leave;
      } catch (error) {
        leave();
        throw error;
      }
    },
  };
};
