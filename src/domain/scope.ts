import type { Outsider } from './door.ts';
import type { Left } from './left-notifier.ts';
import type { Role } from './organisation.ts';

/** A role as the person has it on that day, their own or that of somebody they stand in for. */
export type HeldRole = {
  readonly role: Role;
  readonly unit: string;
  /** The role's unit and, for those who lead several, the units below it. */
  readonly covers: readonly string[];
  /** Units in whose disputes the role may come to have a say; who has one at the present step, the policy knows. */
  readonly serves?: readonly string[];
};

export type PersonActor = {
  readonly kind: 'person';
  readonly personId: string;
  readonly unitId: string;
  readonly department: string;
  readonly roles: readonly HeldRole[];
  /** Person ids for whom they answer today: what is asked of those by name is asked of them. */
  readonly standsInFor?: readonly string[];
  /** The blind index of their surname, where the login told it. */
  readonly surname?: string;
  /** Notifiers of an institution that they lead who have left: they are told in their place. */
  readonly inPlaceOf?: readonly Left[];
  /** Referrals of children whom they are related to: those are not there for them, in whatever role. */
  readonly barredFrom?: readonly string[];
  /** The referral that they read because they opened it in an emergency. */
  readonly emergencyIn?: string;
};

/**
 * Who acts: a person in their roles, somebody at the door without a login, or the system by a named rule. Login of any kind
 * ends in one of these.
 */
export type Actor =
  | PersonActor
  | { readonly kind: 'outsider'; readonly as: Outsider }
  | { readonly kind: 'system'; readonly rule: string };

declare const minted: unique symbol;

/**
 * What a request may reach in the database. Every store function demands one and puts it into its
 * `where`; a row outside answers like a row that is not there.
 */
export type Scope = {
  readonly [minted]: true;
  /** `null` only for the system, which reaches everything. */
  readonly personId: string | null;
  /** Whom they stand in for today: they reach what those are named for. */
  readonly standsInFor: readonly string[];
  /** Notifiers who have left, in whose place they are told, and since when. */
  readonly inPlaceOf: readonly Left[];
  /** Referrals that are not there for this person, in whatever role. */
  readonly barredFrom: readonly string[];
  /** Units that the person's roles cover. */
  readonly unitIds: readonly string[] | 'all';
  /** Units in whose disputes the person may have a say, or which they follow; their own at least. */
  readonly disputesOf: readonly string[] | 'all';
  /** Administrators see where every message stands, never its words or address. */
  readonly administers: boolean;
  /** Auditors see who did what and who looked, never what is in a case. */
  readonly audits: boolean;
  /** BUF-SOF coordinators keep the responsibility matrix with the administrators, and of the setup nothing else. */
  readonly keepsMatrix: boolean;
  /** Somebody without a login, who may hand in, and whoever has opened a link reaches the one notification of it. */
  readonly door: { readonly notificationId: string | null } | null;
  /** The one referral that is read in an emergency; null in every request that has not looked for such an access. */
  readonly emergencyIn: string | null;
};

/** Only `api/context.ts`, `jobs/main.ts` and `entry/cli.ts` may call this (checked in CI). */
export const mintScope = (scope: {
  personId: string | null;
  unitIds: readonly string[] | 'all';
  standsInFor?: readonly string[];
  inPlaceOf?: readonly Left[];
  barredFrom?: readonly string[];
  disputesOf?: readonly string[] | 'all';
  administers?: boolean;
  audits?: boolean;
  keepsMatrix?: boolean;
  door?: { readonly notificationId: string | null };
}): Scope =>
  ({
    standsInFor: [],
    inPlaceOf: [],
    barredFrom: [],
    disputesOf: scope.unitIds,
    administers: false,
    audits: false,
    keepsMatrix: false,
    door: null,
    emergencyIn: null,
    ...scope,
  }) as Scope;

/** The same reach, within these units only: smaller anybody may make it, larger nobody. */
export const narrowed = (scope: Scope, unitIds: readonly string[]): Scope =>
  scope.unitIds === 'all'
    ? scope
    : within(
        scope,
        scope.unitIds.filter((unit) => unitIds.includes(unit)),
      );

const within = (scope: Scope, unitIds: readonly string[]): Scope => ({ ...scope, unitIds, disputesOf: unitIds });

/** The same reach, in disputes of these units only. */
export const followed = (scope: Scope, unitIds: readonly string[]): Scope => ({
  ...scope,
  disputesOf: scope.disputesOf === 'all' ? scope.disputesOf : scope.disputesOf.filter((unit) => unitIds.includes(unit)),
});

/** The same reach, and one referral that the person has opened in an emergency; of `open-in-emergency.ts` alone. */
export const readingInEmergency = (scope: Scope, referralId: string): Scope => ({ ...scope, emergencyIn: referralId });
