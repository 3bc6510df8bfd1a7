import type { Role } from '#domain/organisation.ts';
import type { ProposedChange } from '#domain/proposed-change.ts';
import type { Tx } from '#store/db.ts';
import type { PersonCase, PersonCounts } from '#store/person-work.ts';
import type { OpenSides, UnitCounts } from '#store/unit-work.ts';
import type { Ctx } from './context.ts';

/** One clock that a change concerns, as both people see it. Instants in ISO 8601. */
export type ShownMove = {
  readonly id: string;
  readonly caseNumber: string;
  readonly kind: string;
  readonly unit: string;
  readonly acute: boolean;
  readonly paused: boolean;
  readonly from: string;
  readonly to: string;
  readonly moves: boolean;
};

/** One past referral that would have gone elsewhere, as both people see it: no personal data. */
export type ShownRouting = {
  readonly id: string;
  readonly caseNumber: string;
  readonly matter: string;
  readonly at: string;
  /** Unit ids: where it was routed first, where the present rules and the proposed ones send it, who has it now. */
  readonly first: string;
  readonly from: string;
  readonly to: string;
  readonly now: string;
};

/** How the past months would have been routed by a change of the responsibility matrix. */
export type PastRoutings = {
  readonly months: number;
  /** Of all referrals in that time, and of those that the row is about. */
  readonly all: number;
  readonly about: number;
  /** More were about it than are counted: the newest are. */
  readonly cut: boolean;
  readonly elsewhere: readonly ShownRouting[];
};
/** What a change of units would take along, as both people see it: numbers, case numbers, ids of people by title. */
export type ShownUnits = {
  readonly what: string;
  readonly on: string;
  readonly closing: readonly Named[];
  readonly opening: readonly Named[];
  readonly into: Named | null;
  readonly counts: readonly (Named & Omit<UnitCounts, 'unit'>)[];
  /** Open hand-overs and disputes with a side in it; `ends`: it would have one side left. */
  readonly matters: readonly (Omit<OpenSides, 'units' | 'id' | 'childAge'> & {
    readonly units: readonly Named[];
    readonly ends: boolean;
  })[];
  readonly people: readonly { readonly id: string; readonly title: string; readonly to: Named }[];
  /** Rows of the matrix that name a closing unit; `to`: the part of a split that gets it. And units below one. */
  readonly rules: readonly { readonly id: string; readonly need: string; readonly to: Named | null }[];
  readonly below: readonly Named[];
  readonly areas: readonly {
    readonly unit: Named;
    readonly postalCodes: readonly { from: number; to: number }[];
    readonly ages: readonly [number, number] | null;
  }[];
  /** Of a split: open referrals by part, null where the rule names none, over the first `counted`. */
  readonly parts: {
    readonly counted: number;
    readonly rows: readonly { readonly unit: Named | null; readonly count: number }[];
  } | null;
};
type Named = { readonly id: string; readonly name: string };

/** What a change of a person touches, as both people see it: numbers, case numbers, titles. */
export type ShownPerson = {
  readonly what: string;
  readonly on: string;
  /** Whoever proposed it may confirm it. */
  readonly alone: boolean;
  readonly person: Titled;
  /** What they are on the day without and with the change. */
  readonly before: readonly Held[];
  readonly after: readonly Held[];
  readonly counts: PersonCounts;
  /** Open cases that they have in hand and no longer can: who answers, and how many there could take them. */
  readonly cases: readonly (Omit<PersonCase, 'unit'> & {
    readonly unit: Named;
    readonly answers: Titled | null;
    readonly colleagues: number;
  })[];
  /** For whom they answer. */
  readonly answersFor: readonly Titled[];
  /** In which they have a say that they lose, and who has it then. */
  readonly disputes: readonly {
    readonly caseNumber: string;
    readonly kind: string;
    readonly step: number;
    readonly as: 'speaks' | 'decides';
    readonly instead: readonly Titled[];
  }[];
  /** Roles that nobody at the unit holds any more, and who answers for them. */
  readonly lacks: readonly (Held & { readonly instead: readonly Titled[] })[];
};
type Titled = { readonly id: string; readonly title: string };
type Held = { readonly role: Role; readonly unit: Named };

/** What a destruction would destroy, as both people see it: numbers and case numbers. */
export type ShownDestruction = {
  readonly children: number;
  readonly notifications: number;
  readonly files: number;
  readonly cases: readonly string[];
};

/** A change as it would be now: what both people see, the digest of just that, and how to do it. */
export type Prepared = {
  readonly moves: readonly ShownMove[];
  readonly past?: PastRoutings;
  readonly units?: ShownUnits;
  readonly person?: ShownPerson;
  readonly destruction?: ShownDestruction;
  readonly digest: string;
  readonly write: () => Promise<void>;
};

export type Asked = Pick<ProposedChange, 'id' | 'payload'> & {
  /** How far a dry run over the past goes back. */
  readonly months?: number;
};
/** Throws INVALID when the change is not possible (any more). `lock`: nothing that was looked at may change meanwhile. */
export type Prepare = (ctx: Ctx, tx: Tx, change: Asked, lock: boolean) => Promise<Prepared>;
