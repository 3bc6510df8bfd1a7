import type { Dispute, Handover, OpenMatters, Ownership } from '#domain/ownership.ts';
import type { Decision, Referral, RunningClock } from '#domain/referral.ts';
import type { Instant } from '#domain/time.ts';

/** A referral with all that stands about its ownership, as the tables would have it. */
export type Matter = {
  readonly referral: Referral;
  readonly handovers: readonly Handover[];
  readonly disputes: readonly Dispute[];
  readonly owners: readonly Ownership[];
  readonly firstRouted: string;
};

export const matterOf = (referral: Referral, owners?: readonly string[]): Matter => ({
  referral,
  handovers: [],
  disputes: [],
  owners: (owners ?? [referral.ownerUnit]).map((unit, index) => ({
    unit,
    reason: index === 0 ? 'routed' : 'accepted',
    countsAsMove: index > 0,
  })),
  firstRouted: owners?.[0] ?? referral.responsibleUnit,
});

/** What the acts are given: the open hand-over or the one of the open dispute, and the open dispute. */
export const openOf = ({ handovers, disputes, owners, firstRouted }: Matter): OpenMatters => {
  const dispute = disputes.find(({ state }) => state === 'open') ?? null;
  const handover =
    handovers.find(({ state }) => state === 'proposed') ??
    handovers.find(({ id }) => id === dispute?.handoverId) ??
    null;
  return { handover, dispute, history: { owners, firstRouted, parts: {} } };
};

const changedIn = <S extends { readonly id: string; readonly state: string }>(
  rows: readonly S[],
  changes: readonly { readonly was: string | null; readonly is: S }[] = [],
): readonly S[] =>
  changes.reduce<readonly S[]>((all, { was, is }) => {
    const before = all.find(({ id }) => id === is.id);
    if ((before?.state ?? null) !== was) throw new Error(`${is.id} was ${before?.state}, not ${was}`);
    return [...all.filter(({ id }) => id !== is.id), is];
  }, rows);

const idOf = (kind: string, subjectId: string | undefined): string => (subjectId ? `${kind}:${subjectId}` : kind);

/** The matter after a decision, written as the store would: changes by what they were, clocks ended before begun. */
export const applied = (matter: Matter, decision: Decision, now: Instant): Matter => {
  const { patch, move, start = [], timers = [], end = [], retime = [] } = decision;
  const { closeReason: _, ...rest } = patch;
  const stopped = (clock: RunningClock): boolean =>
    end.some((e) => e.kind === clock.kind && (e.subjectId === undefined || e.subjectId === clock.subjectId));
  const kept = matter.referral.clocks
    .filter((clock) => !stopped(clock))
    .map((clock) => ({ ...clock, ...retime.find(({ id }) => id === clock.id) }));
  const begun = [...start, ...timers].map((one) => ({
    id: idOf(one.kind, one.subjectId),
    kind: one.kind,
    subjectId: one.subjectId ?? null,
    acute: 'derivation' in one && one.derivation.acute,
    ...('derivation' in one ? { derivation: one.derivation } : {}),
    startedAt: 'startedAt' in one ? one.startedAt : now,
    dueAt: one.dueAt,
  }));
  return {
    ...matter,
    referral: { ...matter.referral, ...rest, changedAt: now, clocks: [...kept, ...begun] },
    handovers: changedIn(matter.handovers, decision.handovers),
    disputes: changedIn(matter.disputes, decision.disputes),
    owners: move
      ? [...matter.owners, { unit: move.unit, reason: move.reason, countsAsMove: move.countsAsMove }]
      : matter.owners,
  };
};
