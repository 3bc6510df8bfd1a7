import { clockActs } from '#domain/clock-acts.ts';
import { explain } from '#domain/deadline-explanation.ts';
import type { Derivation } from '#domain/deadlines.ts';
import { hasPassed } from '#domain/explanation.ts';
import { PAUSE_REASONS } from '#domain/pausing.ts';
import { demand } from '#domain/policy.ts';
import type { Subject } from '#domain/policy-relations.ts';
import { isTimer, type Referral } from '#domain/referral.ts';
import { isBefore, iso } from '#domain/time.ts';
import { clockName } from '#domain/timeline.ts';
import type { World } from '#domain/world.ts';
import { findClocks } from '#store/case-page.ts';
import { inTransaction, type Tx } from '#store/db.ts';
import { findOpenPauses } from '#store/pauses.ts';
import { getReferral } from '#store/referrals.ts';
import type { Ctx } from './context.ts';
import { subjectOf } from './on-referral.ts';
import { currentWorld } from './world.ts';

/** Every clock of a referral with its explanation day by day, its pause, and what this person may do with it. */
export const clocksOf = async (
  ctx: Ctx,
  tx: Tx,
  referral: Referral,
  subject: Subject,
  { organisation: { people } }: World,
) => {
  const titleOf = (id: string | null) => (id === null ? null : (people.get(id)?.title ?? id));
  const pauses = await findOpenPauses(tx, ctx.scope, referral.id);
  const clocks = await findClocks(tx, ctx.scope, referral.id);
  return clocks.map((c) => {
    const derivation = c.derivation as Derivation & { readonly note?: unknown };
    const internal = isTimer(c.kind);
    const running = referral.clocks.find(({ id }) => id === c.id);
    const lawful = { ...c, status: internal ? null : derivation.status };
    const name = clockName(c.kind);
    const pause = pauses.find(({ deadlineId, endsAt }) => deadlineId === c.id && isBefore(ctx.now, endsAt));
    const why = PAUSE_REASONS.find(({ code }) => code === pause?.reason);
    return {
      id: c.id,
      kind: c.kind,
      name,
      state: c.state,
      startedAt: iso(c.startedAt),
      dueAt: iso(c.dueAt),
      secondaryAt: c.secondaryAt ? iso(c.secondaryAt) : null,
      endedAt: c.endedAt ? iso(c.endedAt) : null,
      acute: c.acute,
      internal,
      hours: derivation.period?.unit === 'elapsed hours',
      pause: pause
        ? {
            until: iso(pause.endsAt),
            by: titleOf(pause.personId) ?? '',
            reason: why ? { da: why.da, en: why.en } : name,
          }
        : null,
      passed: hasPassed(lawful, ctx.now) ? { explained: c.explained, by: titleOf(c.explainedBy) } : null,
      acts: clockActs(ctx.actor, subject, referral, lawful, running, ctx.now),
      explanation: internal ? { da: [name.da], en: [String(derivation.note ?? '')] } : explain(derivation),
    };
  });
};

/** The clocks alone, each explained: for programs that need no personal data. */
export const readClocks = (ctx: Ctx, id: string) =>
  inTransaction(ctx.deps.db, async (tx) => {
    const referral = await getReferral(tx, ctx.scope, id);
    const subject = subjectOf(referral);
    demand(ctx.actor, 'referral.read', subject);
    return clocksOf(ctx, tx, referral, subject, await currentWorld(ctx, tx));
  });
