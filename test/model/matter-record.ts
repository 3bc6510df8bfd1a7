/** What stands about one referral in the second model of disputes (`matters.ts`), and what falls due of it by itself. */
import { climb, type Rung } from './ladder.ts';
import type { Hours } from './opening.ts';
import { begin, type Clock, KINDS } from './policy-clock.ts';

export type Deed = { readonly at: number } & (
  | { readonly act: 'propose-handover'; readonly to: string }
  | { readonly act: 'decline-handover'; readonly instead: string }
  | { readonly act: 'accept-handover' | 'withdraw-handover' | 'withdraw-dispute' | 'climb-early' | 'cancel-meeting' }
  /** `routedTo`: the child turned out to be another unit's, by routing, which is not this model's. */
  | { readonly act: 'acknowledge' | 'correct-child'; readonly routedTo: string | null }
  | { readonly act: 'raise-dispute'; readonly unit: string; readonly whose: string }
  | { readonly act: 'propose-settlement'; readonly owner: string; readonly person: string }
  | { readonly act: 'agree'; readonly person: string }
  | { readonly act: 'decide-dispute'; readonly owner: string }
  | { readonly act: 'call-meeting'; readonly on: number }
  | { readonly act: 'record-minutes' | 'mark-in-error' | 'close' | 'reopen' }
  | { readonly act: 'priority'; readonly acute: boolean }
  | { readonly act: 'pause-clock'; readonly clock: 'acknowledge' | 'handover'; readonly until: number }
  | { readonly act: 'resume-clock'; readonly clock: 'acknowledge' | 'handover' }
  /** Units close, merge or split: where the work of each has gone, and which unit comes after it. */
  | { readonly act: 'units'; readonly to: (unit: string) => string; readonly after: (unit: string) => string }
  /** Ownership moved: by a deed or opening hours, with its unit, because something is open, or because that has ended. */
  | { readonly act: 'owned'; readonly unit: string; readonly how: 'moved' | 'with-unit' | 'placed' | 'resumed' }
);

/** The organisation as the rules need it. */
export type Place = {
  readonly hoursOf: (unit: string) => Hours;
  readonly dutyUnit: string;
  readonly speaksFor: (person: string, unit: string, on: { step: number; acute: boolean; at: number }) => boolean;
};

export type Matter = {
  kind: 'dispute' | 'escalation';
  awaited: 'acknowledge' | 'handover' | null;
  /** The hand-over it is about, by the instant at which it was proposed. */
  about: number | null;
  raisedBy: string | null;
  readonly raisedAt: number;
  endedAt: number | null;
  state: 'open' | 'settled' | 'withdrawn';
  parties: string[];
  rung: Rung;
  /** The end of the step by itself, where a meeting bounds it. */
  meeting: { readonly step: number; readonly at: number; readonly ownEnd: number; held: boolean } | null;
  proposal: { readonly owner: string; agreed: string[] } | null;
};

/** `asked`: its end has come and has been looked at. */
type Waiting = { clock: Clock; asked: boolean };
type Handover = Waiting & {
  from: string;
  to: string;
  readonly proposedAt: number;
  backAt: number | null;
  /** Units that declined before. */
  refused: string[];
  state: 'waiting' | 'declined';
};

export type Referral = {
  owner: string;
  responsible: string;
  acute: boolean;
  open: boolean;
  acknowledge: Waiting | null;
  handover: Handover | null;
  left: string[];
  matters: Matter[];
  acceptedAt: number | null;
  /** While it was closed: it goes on at the units that have come after. */
  changes: ((unit: string) => string)[];
  /** Up to here it has been told. */
  at: number;
};

const LAST_STEP = 4;

export const waiting = (clock: Clock): Waiting => ({ clock, asked: false });

/** Routed: its unit has it, or another holds it for the unit, and must acknowledge. */
export const routed = (owner: string, responsible: string, at: number, acute: boolean): Referral => ({
  owner,
  responsible,
  acute,
  open: true,
  acknowledge: waiting(begin(KINDS.acknowledge, at, acute)),
  handover: null,
  left: [],
  matters: [],
  acceptedAt: null,
  changes: [],
  at,
});

export const openMatter = ({ matters }: Referral): Matter | null =>
  matters.find(({ state }) => state === 'open') ?? null;

export const firstRung = (at: number, acute: boolean, step?: number): Rung => climb(at, acute, step)[0] as Rung;

/** What else has been awaited in vain meanwhile is silence still, and escalates there and then. */
export const end = (r: Referral, matter: Matter, as: 'settled' | 'withdrawn', at: number): void => {
  matter.state = as;
  matter.endedAt = at;
  for (const one of [r.acknowledge, r.handover]) if (one && one.clock.due <= at) one.asked = false;
};

type Raising = Pick<Matter, 'kind' | 'awaited' | 'about' | 'raisedBy' | 'parties'>;

/** A referral has at most one: a dispute takes over silence and keeps its step. */
export const raise = (r: Referral, what: Raising, at: number): void => {
  const present = openMatter(r);
  const parties = [...new Set([...what.parties, ...(present?.parties ?? [])])];
  if (present) Object.assign(present, { ...what, about: what.about ?? present.about, parties });
  else {
    const rung = firstRung(at, r.acute);
    const fresh = { raisedAt: at, endedAt: null, state: 'open', rung, meeting: null, proposal: null } as const;
    r.matters.push({ ...what, parties, ...fresh });
  }
};

const silent = (r: Referral, awaited: 'acknowledge' | 'handover', unit: string, at: number): void => {
  const present = openMatter(r);
  const about = awaited === 'handover' ? (r.handover?.proposedAt ?? null) : null;
  if (!present) raise(r, { kind: 'escalation', awaited, about, raisedBy: null, parties: [unit] }, at);
  // Ownership has moved on and the next unit is silent too.
  else if (present.awaited === 'acknowledge' && awaited === 'acknowledge' && !present.parties.includes(unit))
    present.parties.push(unit);
};

type Due = { readonly at: number; readonly happens: (at: number) => void };

/** What falls due by itself: soonest first, of two that end together the acknowledgement. */
const dues = (r: Referral): Due[] => {
  const matter = openMatter(r);
  const { acknowledge, handover } = r;
  const all: Due[] = [];
  if (acknowledge && !acknowledge.asked) {
    const happens = (at: number): void => {
      acknowledge.asked = true;
      silent(r, 'acknowledge', r.owner, at);
    };
    all.push({ at: acknowledge.clock.due, happens });
  }
  if (handover?.state === 'waiting' && !handover.asked) {
    const happens = (at: number): void => {
      handover.asked = true;
      silent(r, 'handover', handover.to, at);
    };
    all.push({ at: handover.clock.due, happens });
  }
  if (handover?.state === 'waiting' && handover.backAt !== null) {
    const { from, to, proposedAt: about, backAt } = handover;
    const happens = (at: number): void => {
      handover.backAt = null;
      const what = { kind: 'dispute', awaited: null, about, raisedBy: null, parties: [from, to] } as const;
      if (matter?.kind !== 'dispute') raise(r, { ...what, parties: [from, to] }, at);
    };
    all.push({ at: backAt, happens });
  }
  if (matter && matter.rung.step < LAST_STEP) {
    const happens = (at: number): void => {
      matter.rung = firstRung(at, r.acute, matter.rung.step + 1);
    };
    all.push({ at: matter.rung.endsAt, happens });
  }
  return all.toSorted((a, b) => a.at - b.at);
};

/** What falls due up to `until`; what was due while something else was open happens when that has ended. */
export const pass = (r: Referral, until: number): void => {
  for (;;) {
    const [first] = dues(r);
    if (!first || first.at > until) return;
    r.at = Math.max(r.at, first.at);
    first.happens(r.at);
  }
};
