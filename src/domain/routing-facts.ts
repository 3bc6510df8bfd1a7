import type { Reason } from './errors.ts';
import type { Matter } from './organisation.ts';
import type { Instant } from './time.ts';

/** What routing looks at, and nothing else: no name, no CPR, no street. */
export type RoutingInput = {
  readonly matter: Matter;
  readonly child: {
    /** Four digits, or null where no address is known. */
    readonly postalCode: string | null;
    /** Whole years at receipt. */
    readonly age: number | 'unborn' | null;
    /** Unit id of the child's school or daycare. */
    readonly institution: string | null;
  };
  /** Unit of the person who sent or registered it; null for citizens and other outsiders. */
  readonly senderUnit: string | null;
  /** Id of a row of the responsibility matrix; null means `worry`. */
  readonly need: string | null;
  readonly known: {
    readonly unit?: string | null;
    readonly caseworker?: string | null;
    readonly disability?: boolean;
  } | null;
  /** Intake says that the child belongs to another municipality. */
  readonly elsewhere?: boolean;
  readonly at: Instant;
};

/** One tried rule. Holds no personal data: it is stored unsealed, logged and printed. */
export type TraceEntry = {
  readonly rule: number | 'a' | 'b' | 'open';
  readonly name: string;
  readonly matched: boolean;
  readonly why: Reason;
  /** Unit ids between which the rule could not choose, or which it only advises. */
  readonly candidates?: readonly string[];
};

/** `unit` is the responsible unit; `caseworker` a present person of it, or null: its intake. */
export type Routed = {
  readonly unit: string;
  readonly rule: number;
  readonly caseworker: string | null;
  readonly trace: readonly TraceEntry[];
};

/** Unborn is 0 in every table of ages. */
export const years = (age: RoutingInput['child']['age']): number | null => (age === 'unborn' ? 0 : age);

/** Unknown age is inside every limit: the unit that is meant finds the age out. */
export const withinAges = (ages: readonly [number, number] | null, age: number | null): boolean =>
  ages === null || age === null || (ages[0] <= age && age <= ages[1]);
