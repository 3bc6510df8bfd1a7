import type { Organisation } from './organisation.ts';
import { currentUnit } from './organisation-tree.ts';
import { type Instant, localDay } from './time.ts';

/** What a unit says about whose the work is. Its reasons in words are sealed with the fact, never here. */
export type Party = {
  readonly unit: string;
  /** Null until the unit has said anything. */
  readonly claim: 'mine' | 'not-mine' | null;
  /** The unit that it says is responsible. */
  readonly whose: string | null;
  /** Legal basis, a reference; no personal data. */
  readonly basis: string | null;
};

export type Handover = {
  readonly id: string;
  readonly referralId: string;
  readonly from: string;
  readonly to: string;
  readonly state: 'proposed' | 'accepted' | 'declined' | 'withdrawn';
  readonly proposedAt: Instant;
  /** Proposed to a unit that has had the work before and left it by a move that counts. */
  readonly back: boolean;
  /** What the units that declined before this one said, first to last. */
  readonly chain: readonly Party[];
};

export type Proposal = {
  readonly owner: string;
  /** Person id. */
  readonly by: string;
  /** Units of the parties that have agreed. */
  readonly agreed: readonly string[];
};

/** The meeting that a step is. Agenda and minutes are sealed with the facts, never here. */
export type Meeting = {
  readonly step: number;
  /** What the ladder's data calls it; `directors` where it has no name. */
  readonly name: string;
  /** ISO 8601, as it lies in the row. */
  readonly at: string;
  /** Minutes are written. */
  readonly held: boolean;
  /** When the step ends without it, ISO 8601. */
  readonly ownEnd: string;
};

/** A dispute (units each say that it is another's) or an escalation (one unit is silent) on its ladder. */
export type Dispute = {
  readonly id: string;
  readonly referralId: string;
  readonly kind: 'dispute' | 'escalation';
  /** The act that an escalation waits for. */
  readonly awaited: 'acknowledge' | 'handover' | null;
  readonly handoverId: string | null;
  readonly acute: boolean;
  readonly step: number;
  readonly raisedAt: Instant;
  /** The unit that raised it by hand, and so may withdraw it; null when a rule did. */
  readonly raisedBy: string | null;
  readonly stepStartedAt: Instant;
  readonly stepEndsAt: Instant;
  readonly state: 'open' | 'settled' | 'withdrawn';
  readonly parties: readonly Party[];
  readonly proposal: Proposal | null;
  /** The last one called, and not called off. */
  readonly meeting: Meeting | null;
};

/** `was` is the state that must stand when the change is written; null: a new row. */
export type HandoverChange = { readonly was: Handover['state'] | null; readonly is: Handover };
export type DisputeChange = { readonly was: Dispute['state'] | null; readonly is: Dispute };

/** One row of the ownership history. */
export type Ownership = { readonly unit: string; readonly reason: string; readonly countsAsMove: boolean };

export type History = {
  /** Oldest first, the open row last. */
  readonly owners: readonly Ownership[];
  /** The unit that the first routing named; at night the first owner is the duty unit. */
  readonly firstRouted: string;
  /** Where the referral went when units that it had to do with were split: unit → part. */
  readonly parts: Readonly<Record<string, string>>;
};

/** What is open about a referral's ownership. Both at most once; the hand-over of an open dispute stays acceptable. */
export type OpenMatters = {
  /** The proposed one, or the one that the open dispute is about. */
  readonly handover: Handover | null;
  readonly dispute: Dispute | null;
  readonly history: History;
};

export const openDispute = ({ dispute }: OpenMatters): Dispute | null => (dispute?.state === 'open' ? dispute : null);

export const isInDispute = (handover: Handover, dispute: Dispute | null): boolean =>
  dispute?.state === 'open' && dispute.kind === 'dispute' && dispute.handoverId === handover.id;

/** Waits for the receiver's answer, or was declined and stands in a dispute that accepting it settles. */
export const isAcceptable = (handover: Handover, dispute: Dispute | null): boolean =>
  handover.state === 'proposed' || (handover.state === 'declined' && isInDispute(handover, dispute));

/**
 * Has the unit had the work and left it by a move that counts? Leaving the duty unit, a merger, a changed address and
 * a corrected routing do not count. A unit that has closed answers through its successor.
 */
export const hasLeft = (unit: string, history: History, organisation: Organisation, at: Instant): boolean => {
  const { owners, parts } = history;
  const day = localDay(at);
  const today = (id: string): string => currentUnit(organisation, id, day, parts)?.id ?? id;
  return owners.some((one, index) => owners[index + 1]?.countsAsMove === true && today(one.unit) === today(unit));
};

export type NamedBy = 'routing' | 'acceptance' | 'decision';

const NAMING: Readonly<Record<string, NamedBy>> = {
  routed: 'routing',
  corrected: 'routing',
  accepted: 'acceptance',
  agreed: 'decision',
  decided: 'decision',
};

/** What named the responsible unit last; who holds it for the unit overnight or during a dispute changes nothing. */
export const namedBy = ({ owners }: History): NamedBy =>
  owners.reduce<NamedBy>((named, { reason }) => NAMING[reason] ?? named, 'routing');
