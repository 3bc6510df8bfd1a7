import type { Role } from './organisation.ts';
import { earliest, type Instant } from './time.ts';

/** How long a login lasts: `idle` without a person's act, `whole` whatever they do. Minutes and hours, elapsed. */
export type SessionLimits = { readonly idleMinutes: number; readonly wholeHours: number };

/** Policy. A working day; shorter where one login reaches more, longer where a night is one duty. */
const USUAL: SessionLimits = { idleMinutes: 60, wholeHours: 12 };
const BY_ROLE: Readonly<Partial<Record<Role, SessionLimits>>> = {
  administrator: { idleMinutes: 15, wholeHours: 8 },
  auditor: { idleMinutes: 15, wholeHours: 8 },
  staff: { idleMinutes: 30, wholeHours: 12 },
  'duty-officer': { idleMinutes: 120, wholeHours: 14 },
};
/** A secret is changed this often, so that one that was copied soon opens nothing. Minutes. */
const ROTATE_AFTER = 30;
/** A new secret that never came back was lost on its way: another is given. Minutes. */
const LOST_AFTER = 1;
/** Answers cross on their way: so long a secret still opens after the next one was used. Seconds. */
const CROSSING = 30;
/** An act is noted at most this often. Minutes. */
const NOTE_AFTER = 1;

/** The strictest of a person's roles counts for each limit. Roles without a row of their own have the usual. */
export const limitsOf = (roles: readonly Role[]): SessionLimits => {
  const all = roles.length === 0 ? [USUAL] : roles.map((role) => BY_ROLE[role] ?? USUAL);
  return {
    idleMinutes: Math.min(...all.map((one) => one.idleMinutes)),
    wholeHours: Math.min(...all.map((one) => one.wholeHours)),
  };
};

export type SessionTimes = {
  readonly createdAt: Instant;
  readonly seenAt: Instant;
  /** When the secret in use was first used. */
  readonly rotatedAt: Instant;
  /** When a new secret was given that has not come back yet. */
  readonly nextAt: Instant | null;
};

/** When the login runs out if nothing more is done: begun 08:00 with 60 minutes and 12 hours, seen 19:30: at 20:00. */
export const endOf = ({ createdAt, seenAt }: SessionTimes, limits: SessionLimits): Instant =>
  earliest(seenAt.add({ minutes: limits.idleMinutes }), createdAt.add({ hours: limits.wholeHours }));

const passed = (since: Instant, minutes: number, now: Instant): boolean =>
  now.epochMilliseconds - since.epochMilliseconds >= minutes * 60_000;

/** It counts as seen: by a person's act, and not oftener than is worth a row. */
export const isToNote = ({ seenAt }: SessionTimes, now: Instant): boolean => passed(seenAt, NOTE_AFTER, now);

/** A secret of its past, shown when no answer can be on its way any more: there are two who have it. */
export const isStolen = ({ spentAt }: { readonly spentAt: Instant | null }, now: Instant): boolean =>
  spentAt !== null && now.epochMilliseconds - spentAt.epochMilliseconds > CROSSING * 1000;

/** Its secret is due for another. */
export const isToRotate = ({ rotatedAt, nextAt }: SessionTimes, now: Instant): boolean =>
  passed(rotatedAt, ROTATE_AFTER, now) && (nextAt === null || passed(nextAt, LOST_AFTER, now));
