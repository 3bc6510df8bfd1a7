import { DomainError } from '#domain/errors.ts';
import { demand } from '#domain/policy.ts';
import { type Answer, demandAnswer, STATE_AFTER } from '#domain/proposed-change.ts';
import { findChange, lockSetup, decideChange as writeDecision } from '#store/setup.ts';
import { changeKind, prepareChange } from './change-kinds.ts';
import { actOnce, type Ctx } from './context.ts';
import { personOf } from './on-referral.ts';
import { recordSetup } from './record-setup.ts';

type Input = {
  /** Of the change, as whoever asks was shown it; who may decide it follows from that. */
  readonly kind?: string;
  readonly id: string;
  readonly stateVersion: number;
  readonly answer: Answer;
  /** Of what was shown; asked for when confirming. */
  readonly digest: string | null;
  readonly reason: string | null;
};

const stale = (): DomainError =>
  new DomainError('STALE', {
    da: 'Det er ændret, siden det blev vist. Se det igen, og bekræft derefter.',
    en: 'It has changed since it was shown. Look at it again and then confirm.',
  });

/**
 * Another person confirms or rejects a proposed change, or whoever proposed it takes it back. Confirming does
 * exactly what was shown: everything is counted again, and refused when it comes out otherwise. Throws NOT_FOUND,
 * ILLEGAL_TRANSITION, STALE, INVALID.
 */
export const decideChange = async (ctx: Ctx, { kind = 'regulations', ...input }: Input): Promise<{ id: string }> => {
  demand(ctx.actor, changeKind(kind).decide);
  const { personId } = personOf(ctx);
  return actOnce(ctx, async (tx) => {
    await lockSetup(tx, ctx.scope);
    const change = await findChange(tx, ctx.scope, input.id);
    if (change?.kind !== kind) throw new DomainError('NOT_FOUND');
    const { alone } = changeKind(kind);
    demandAnswer(change, input.answer, personId, (await alone?.(ctx, tx, change.payload)) ?? false);
    if (change.stateVersion !== input.stateVersion) throw stale();
    const prepared = input.answer === 'confirm' ? await prepareChange(ctx, tx, change, true) : null;
    if (prepared && prepared.digest !== input.digest) throw stale();
    const state = STATE_AFTER[input.answer];
    await writeDecision(tx, ctx.scope, {
      id: change.id,
      expectedVersion: change.stateVersion,
      state,
      by: personId,
      at: ctx.now,
      decision: input.reason,
    });
    await prepared?.write();
    const moved = prepared?.moves.filter(({ moves }) => moves).length ?? 0;
    const data = { kind: change.kind, ...(prepared ? { moved } : {}) };
    await recordSetup(ctx, tx, { kind: state, personId, changeId: change.id, data }, change.kind);
    return { id: change.id };
  });
};
