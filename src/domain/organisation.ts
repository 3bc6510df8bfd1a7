import type { OpeningException } from './calendar.ts';
import type { Instant, LocalDay } from './time.ts';

export const ROLES = [
  'administrator',
  'area-manager',
  'auditor',
  'buf-sof-coordinator',
  'caseworker',
  'centre-director',
  'director',
  'duty-officer',
  'institution-leader',
  'intake',
  'notifier',
  'professional-coordinator',
  'school-social-worker',
  'staff',
  'supervisor',
  'team-leader',
] as const;
export type Role = (typeof ROLES)[number];

export type Matter = 'notification' | 'inquiry';

/** Half-open in local days: valid on `from`, no longer valid on `until`. */
export type Validity = { readonly from: LocalDay | null; readonly until: LocalDay | null };

export type Department = {
  readonly id: string;
  readonly name: string;
  readonly nameEn: string;
  readonly phone: string;
};

/** Opening periods per ISO weekday (1 = Monday), local time `HH:MM`, several a day allowed. */
export type OpeningHours =
  | 'always'
  | Readonly<Record<number, readonly { readonly from: string; readonly to: string }[]>>;

export type Unit = {
  readonly id: string;
  readonly parent: string | null;
  readonly department: string;
  readonly kind: string;
  readonly name: string;
  readonly short: string | null;
  readonly area: string | null;
  readonly areas: readonly string[];
  /** Inclusive ranges of four-digit Danish postal codes. */
  readonly postalCodes: readonly { readonly from: number; readonly to: number }[];
  /** Inclusive whole years, or null when the unit has no age limits. */
  readonly ages: readonly [number, number] | null;
  readonly mayOwn: readonly Matter[];
  readonly phone: string;
  readonly email: string | null;
  /** May the name be told to a notifier? Some unit names tell of a disability or of acute action. */
  readonly nameIsNeutral: boolean;
  readonly hours: OpeningHours;
  readonly validity: Validity;
  /** Where open work goes when the unit closes. */
  readonly successor: string | null;
};

export type Absence = { readonly from: LocalDay; readonly until: LocalDay | null; readonly substitute: string | null };

export type Person = {
  readonly id: string;
  readonly title: string;
  readonly unit: string;
  readonly roles: readonly { readonly role: Role; readonly unit: string; readonly validity: Validity }[];
  readonly email: string;
  readonly phone: string;
  readonly substitute: string | null;
  readonly absences: readonly Absence[];
  readonly validity: Validity;
};

/**
 * A row of the responsibility matrix: a need, for which ages, belongs to which unit, on which legal basis. `id` is the
 * need's code; it has at most one row on each day.
 */
export type MatrixRow = {
  readonly id: string;
  readonly need: string;
  /** The need's name in English, where the row was made here; the file has one name only. */
  readonly needEn: string | null;
  readonly ages: readonly [number, number] | null;
  readonly unit: string;
  readonly basis: string;
  readonly validity: Validity;
  /** The confirmed change that made it; null: it came with the organisation's file. */
  readonly change: string | null;
  /** The confirmed change that ended it, or will. */
  readonly endedBy: string | null;
  /** The earlier decision that it was made from. */
  readonly precedent: string | null;
};

export type LadderStep = {
  readonly step: number;
  readonly name: string;
  readonly agree: readonly Role[];
  readonly decide: readonly Role[];
  readonly within: number;
  readonly counting: 'workdays' | 'elapsed hours';
  readonly meeting: string | null;
  readonly thenEvery: { readonly every: number; readonly counting: 'workdays' | 'elapsed hours' } | null;
};

export type Neighbour = {
  readonly code: string;
  readonly name: string;
  readonly postalCodes: readonly { readonly from: number; readonly to: number }[];
};

/** Who is on duty for a unit, half-open. `phone`: the number to call on this shift; null: the unit's own. */
export type DutyShift = {
  readonly id: string;
  readonly unit: string;
  readonly person: string;
  readonly from: Instant;
  readonly until: Instant;
  readonly phone: string | null;
};

/** The municipality as dated data: what routing, clocks and alarms are computed over. */
export type Split = { readonly unit: string; readonly by: 'area' | 'age'; readonly parts: readonly string[] };

export type Organisation = {
  readonly municipality: { readonly code: string; readonly name: string; readonly neighbours: readonly Neighbour[] };
  readonly departments: ReadonlyMap<string, Department>;
  readonly units: ReadonlyMap<string, Unit>;
  readonly people: ReadonlyMap<string, Person>;
  /** Municipal closing days, `MM-DD`, each year. */
  readonly closingDays: readonly string[];
  readonly matrix: readonly MatrixRow[];
  /** What the organisation's file says of opening hours on single days; the calendar has all of them. */
  readonly exceptions: readonly OpeningException[];
  /** Only shifts that have not ended long ago. */
  readonly rota: readonly DutyShift[];
  readonly ladder: readonly LadderStep[];
  readonly acuteLadder: readonly LadderStep[];
  /** Units that were split, by which rule and into which: what still names one means the part that the rule chooses. */
  readonly splits?: readonly Split[];
};
