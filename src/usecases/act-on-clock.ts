import { advanceDispute } from '#domain/advance-dispute.ts';
import { returnAtOpening, reviewAtClosing } from '#domain/closing.ts';
import { escalate } from '#domain/escalation.ts';
import { checkReturn } from '#domain/handover.ts';
import type { World } from '#domain/intake.ts';
import { type Act, isLegal } from '#domain/lifecycle.ts';
import type { OpenMatters } from '#domain/ownership.ts';
import { type Action, demand } from '#domain/policy.ts';
import type { Decision, Referral, RunningClock } from '#domain/referral.ts';
import { instant } from '#domain/time.ts';
import type { MessagePayload } from '#messages';
import { inTransaction } from '#store/db.ts';
import { endClocks } from '#store/deadlines.ts';
import { findOpenMatters } from '#store/matters.ts';
import { lockReferral } from '#store/referrals.ts';
import { type Ctx, notBefore } from './context.ts';
import { recordDecision } from './record-decision.ts';
import { currentWorld } from './world.ts';

type Scene = {
  readonly ctx: Ctx;
  readonly referral: Referral;
  readonly open: OpenMatters;
  readonly world: World;
  readonly clock: RunningClock;
};
type Due = {
  readonly act: Act;
  readonly action: Action;
  readonly decide: (scene: Scene) => Decision | null;
};

const silence = (awaited: 'acknowledge' | 'handover'): Due => ({
  act: 'escalate',
  action: 'dispute.escalate',
  decide: ({ ctx, referral, open, world }) =>
    escalate(referral, open, { awaited, id: ctx.deps.newId(ctx.now) }, world, ctx.now),
});

/** What the system does when a clock of the kind is due; what is not here only reminds. */
const ON_DUE: Readonly<Record<string, Due>> = {
  opening: {
    act: 'return-ownership',
    action: 'clock.act',
    decide: ({ ctx, referral, open, world }) => returnAtOpening(referral, world, ctx.now, open),
  },
  closing: {
    act: 'review-at-closing',
    action: 'clock.act',
    decide: ({ ctx, referral, open, world }) => reviewAtClosing(referral, world, ctx.now, open),
  },
  'return-check': {
    act: 'check-return',
    action: 'clock.act',
    decide: ({ ctx, referral, open, world, clock }) =>
      checkReturn(referral, open, { handoverId: clock.subjectId ?? '', id: ctx.deps.newId(ctx.now) }, world, ctx.now),
  },
  acknowledge: silence('acknowledge'),
  handover: silence('handover'),
  ladder: {
    act: 'advance-dispute',
    action: 'dispute.advance',
    decide: ({ ctx, open, world }) => advanceDispute(open, world, ctx.now),
  },
};

const isNothing = (d: Decision): boolean => d.facts.length === 0 && (d.end ?? []).length === 0;

/**
 * Acts on a clock that is due: once, because it must still run and be due at that very instant. Doing it again, or after
 * the referral has closed, does nothing.
 */
export const actOnClock = async (asked: Ctx, due: MessagePayload<'clock.due'>): Promise<void> => {
  const on = ON_DUE[due.kind.startsWith('ladder.') ? 'ladder' : due.kind];
  if (!on) return;
  const role = demand(asked.actor, on.action);
  await inTransaction(asked.deps.db, async (tx) => {
    const referral = await lockReferral(tx, asked.scope, due.referralId);
    const clock = referral.clocks.find((c) => c.id === due.deadlineId && c.dueAt.equals(instant(due.dueAt)));
    if (!clock) return;
    const ctx = notBefore(asked, referral);
    if (!isLegal(on.act, referral.status)) {
      const end = [{ kind: due.kind, as: 'lapsed' as const }];
      await endClocks(tx, ctx.scope, referral.id, end, { seq: referral.eventCount, at: ctx.now });
      return;
    }
    const open = await findOpenMatters(tx, ctx.scope, referral.id);
    const world = await currentWorld(ctx, tx);
    const decision = on.decide({ ctx, referral, open, world, clock });
    if (decision && !isNothing(decision)) await recordDecision(ctx, tx, world, referral, decision, role);
  });
};
