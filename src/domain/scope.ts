import type { Role } from './organisation.ts';

/** Who acts: a person in their roles, or the system by a named rule. Login of any kind ends in one of these. */
export type Actor =
  | {
      readonly kind: 'person';
      readonly personId: string;
      readonly unitId: string;
      readonly department: string;
      /** `covers` is the role's unit and, for those who lead several, the units below it. */
      readonly roles: readonly { readonly role: Role; readonly unit: string; readonly covers: readonly string[] }[];
    }
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
  /** Units that the person's roles cover. */
  readonly unitIds: readonly string[] | 'all';
  /** Those who follow disputes across a whole department: BUF-SOF coordinators and directors. */
  readonly everyDispute: boolean;
};

/** Only `api/context.ts`, `jobs/main.ts` and `entry/cli.ts` may call this (checked in CI). */
export const mintScope = (scope: {
  personId: string | null;
  unitIds: readonly string[] | 'all';
  everyDispute?: boolean;
}): Scope => ({ everyDispute: false, ...scope }) as Scope;

/** The same reach, within these units only: smaller anybody may make it, larger nobody. */
export const narrowed = (scope: Scope, unitIds: readonly string[]): Scope =>
  scope.unitIds === 'all' ? scope : { ...scope, unitIds: scope.unitIds.filter((unit) => unitIds.includes(unit)) };
