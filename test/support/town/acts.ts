import type { Act } from '#domain/lifecycle.ts';
import { mayOwn } from '#domain/organisation-tree.ts';
import { T } from '#domain/time.ts';
import type { Deed } from '#test/model/matter-record.ts';
import { nextCpr } from '#test/support/municipality.ts';
import { acceptHandover } from '#usecases/accept-handover.ts';
import { acknowledgeReferral } from '#usecases/acknowledge-referral.ts';
import { agreeToSettlement } from '#usecases/agree-to-settlement.ts';
import { assessReferral } from '#usecases/assess-referral.ts';
import { callMeeting } from '#usecases/call-meeting.ts';
import { cancelMeeting } from '#usecases/cancel-meeting.ts';
import { changePriority } from '#usecases/change-priority.ts';
import { claimInDispute } from '#usecases/claim-in-dispute.ts';
import { climbEarly } from '#usecases/climb-early.ts';
import { correctChild } from '#usecases/correct-child.ts';
import { decideDispute } from '#usecases/decide-dispute.ts';
import { declineHandover } from '#usecases/decline-handover.ts';
import { markReferralInError } from '#usecases/mark-referral-in-error.ts';
import { pauseClock } from '#usecases/pause-clock.ts';
import { proposeHandover } from '#usecases/propose-handover.ts';
import { proposeSettlement } from '#usecases/propose-settlement.ts';
import { raiseDispute } from '#usecases/raise-dispute.ts';
import { recordDissent } from '#usecases/record-dissent.ts';
import { recordMinutes } from '#usecases/record-minutes.ts';
import { resumeClock } from '#usecases/resume-clock.ts';
import { withdrawDispute } from '#usecases/withdraw-dispute.ts';
import { withdrawHandover } from '#usecases/withdraw-handover.ts';
import { disputeOf, handoverOf, runs, type Scene } from './scene.ts';

/** What the second model is told of an act that was done; null: nothing that it knows of. */
export type Told = Deed extends infer D ? (D extends Deed ? Omit<D, 'at'> : never) : never;
export type Doing = (scene: Scene) => Promise<Told | null>;

export const why = { reason: 'Kort', basis: '§ 9' };

const anyUnit = ({ organisation, chance, row }: Scene, near: readonly (string | null | undefined)[] = []): string => {
  const able = [...organisation.units.values()].filter(
    (unit) => mayOwn(unit, row.matter as 'inquiry') && unit.validity.until === null,
  );
  const close = near.filter((unit) => unit != null);
  return (chance.next() < 0.6 ? chance.pick<string>(close) : undefined) ?? chance.pick(able)?.id ?? '';
};

/** Units that the work has been at, so that it comes back now and then. */
const before = ({ row }: Scene): string[] =>
  row.handovers
    .flatMap(({ fromUnitId, toUnitId }) => [fromUnitId, toUnitId])
    .filter((unit) => unit !== row.ownerUnitId);

const routedTo = async ({ ctx, row }: Scene): Promise<string | null> => {
  const moved = await ctx.deps.db.ownership.findFirst({
    where: { referralId: row.id, startedAt: new Date(ctx.now.epochMilliseconds), reason: 'corrected' },
  });
  if (!moved) return null;
  return (await ctx.deps.db.referral.findUniqueOrThrow({ where: { id: row.id } })).responsibleUnitId;
};

/** A clock of the case, whichever: the law's and the ladder's are refused. */
const restable = ({ row, chance }: Scene) => {
  const kind = chance.pick(['acknowledge', 'handover', 'feedback', 'request-for-more']) ?? '';
  const clock = runs(row, kind) ?? row.deadlines[0];
  return { kind: clock?.kind ?? kind, clockId: clock?.id ?? row.id };
};
const isAwaited = (kind: string): kind is 'acknowledge' | 'handover' => kind === 'acknowledge' || kind === 'handover';

/** Acts about whose the work is. */
export const MATTER_ACTS = {
  acknowledge: async (s) => {
    const unit = s.chance.next() < 0.08 ? anyUnit(s) : null;
    const known = { unit, disability: s.chance.next() < 0.04, elsewhere: false };
    await acknowledgeReferral(s.ctx, { id: s.row.id, known, need: s.row.need });
    return { act: 'acknowledge', routedTo: await routedTo(s) };
  },
  'correct-child': async (s) => {
    const cpr = s.chance.next() < 0.7 ? nextCpr() : null;
    const routeAgain = s.chance.next() < 0.4;
    await correctChild(s.ctx, { id: s.row.id, cpr, name: 'Barn', reason: why.reason, routeAgain });
    return { act: 'correct-child', routedTo: await routedTo(s) };
  },
  'mark-in-error': async (s) => {
    await markReferralInError(s.ctx, { id: s.row.id, reason: why.reason });
    return { act: 'mark-in-error' };
  },
  assess: async (s) => {
    const acute = s.chance.next() < 0.15 ? !s.row.acute : s.row.acute;
    await assessReferral(s.ctx, { id: s.row.id, acute, evidence: 'phone-call', reason: why.reason });
    return { act: 'priority', acute };
  },
  'change-priority': async (s) => {
    const acute = !s.row.acute;
    await changePriority(s.ctx, { id: s.row.id, acute, reason: why.reason });
    return { act: 'priority', acute };
  },
  'propose-handover': async (s) => {
    const to = anyUnit(s, before(s));
    await proposeHandover(s.ctx, { id: s.row.id, to, reason: why.reason });
    return { act: 'propose-handover', to };
  },
  'accept-handover': async (s) => {
    await acceptHandover(s.ctx, { id: s.row.id });
    return { act: 'accept-handover' };
  },
  'decline-handover': async (s) => {
    const instead = anyUnit(s, [handoverOf(s.row)?.fromUnitId]);
    await declineHandover(s.ctx, { id: s.row.id, instead, ...why });
    return { act: 'decline-handover', instead };
  },
  'withdraw-handover': async (s) => {
    await withdrawHandover(s.ctx, { id: s.row.id, reason: why.reason });
    return { act: 'withdraw-handover' };
  },
  'raise-dispute': async (s) => {
    const unit = anyUnit(s, [s.row.ownerUnitId, s.row.responsibleUnitId, handoverOf(s.row)?.toUnitId]);
    const whose = anyUnit(s);
    await raiseDispute(s.ctx, { id: s.row.id, unit, whose, ...why });
    return { act: 'raise-dispute', unit, whose };
  },
  claim: async (s) => {
    const unit = s.chance.pick<string>(disputeOf(s.row)?.partyUnitIds ?? []) ?? anyUnit(s);
    await claimInDispute(s.ctx, { id: s.row.id, unit, whose: anyUnit(s), ...why });
    return null;
  },
  'propose-settlement': async (s) => {
    const owner = anyUnit(s, disputeOf(s.row)?.partyUnitIds);
    await proposeSettlement(s.ctx, { id: s.row.id, owner, reason: why.reason });
    return { act: 'propose-settlement', owner, person: s.personId };
  },
  agree: async (s) => {
    const { proposal } = disputeOf(s.row) ?? {};
    const owner = (proposal as { owner: string } | null)?.owner ?? anyUnit(s);
    await agreeToSettlement(s.ctx, { id: s.row.id, owner });
    return { act: 'agree', person: s.personId };
  },
  'climb-early': async (s) => {
    await climbEarly(s.ctx, { id: s.row.id, step: disputeOf(s.row)?.step ?? 1, reason: why.reason });
    return { act: 'climb-early' };
  },
  'call-meeting': async (s) => {
    const end = T.Instant.fromEpochMilliseconds((disputeOf(s.row)?.stepEndsAt ?? new Date()).getTime());
    const left = Math.max(end.epochMilliseconds - s.now.epochMilliseconds, 60 * 60_000);
    const at = s.now.add({ minutes: 1 + Math.floor((s.chance.next() * left) / 60_000) });
    await callMeeting(s.ctx, { id: s.row.id, at, agenda: why.reason });
    return { act: 'call-meeting', on: at.epochMilliseconds };
  },
  'cancel-meeting': async (s) => {
    await cancelMeeting(s.ctx, { id: s.row.id, reason: why.reason });
    return { act: 'cancel-meeting' };
  },
  'record-minutes': async (s) => {
    await recordMinutes(s.ctx, { id: s.row.id, minutes: why.reason });
    return { act: 'record-minutes' };
  },
  'decide-dispute': async (s) => {
    const owner = anyUnit(s, [...(disputeOf(s.row)?.partyUnitIds ?? []), s.row.responsibleUnitId]);
    await decideDispute(s.ctx, { id: s.row.id, owner, ...why });
    return { act: 'decide-dispute', owner };
  },
  dissent: async (s) => {
    await recordDissent(s.ctx, { id: s.row.id, reason: why.reason });
    return null;
  },
  'withdraw-dispute': async (s) => {
    await withdrawDispute(s.ctx, { id: s.row.id, reason: why.reason });
    return { act: 'withdraw-dispute' };
  },
  'pause-clock': async (s) => {
    const { kind, clockId } = restable(s);
    const until = s.now.add({ minutes: 30 + s.chance.below(3 * 24 * 60) });
    await pauseClock(s.ctx, { id: s.row.id, clockId, reason: 'family', until });
    return isAwaited(kind) ? { act: 'pause-clock', clock: kind, until: until.epochMilliseconds } : null;
  },
  'resume-clock': async (s) => {
    const clockId = runs(s.row, 'pause-end')?.subjectId ?? restable(s).clockId;
    const kind = s.row.deadlines.find(({ id }) => id === clockId)?.kind ?? '';
    await resumeClock(s.ctx, { id: s.row.id, clockId });
    return isAwaited(kind) ? { act: 'resume-clock', clock: kind } : null;
  },
} as const satisfies Partial<Record<Act, Doing>>;
