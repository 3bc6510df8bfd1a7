import { ACT_LABELS } from '#domain/act-labels.ts';
import { DomainError } from '#domain/errors.ts';
import { fieldErrors, refuseField } from '#domain/field-errors.ts';
import type { Organisation } from '#domain/organisation.ts';
import { demand } from '#domain/policy.ts';
import { demandImpersonal, type PrecedentForm, precedentForm } from '#domain/precedent.ts';
import { inTransaction } from '#store/db.ts';
import { findCaseOfDispute, findPrecedentOf, insertPrecedent, rewritePrecedent } from '#store/precedents.ts';
import { actOnce, type Ctx } from './context.ts';
import { logRead } from './log-read.ts';
import { namesInCase } from './names-in-case.ts';
import { personOf } from './on-referral.ts';
import { recordSetup } from './record-setup.ts';
import { currentWorld } from './world.ts';

/** `stateVersion`: of what is written anew; null for the first of its dispute. */
export type PrecedentInput = {
  readonly disputeId: string;
  readonly stateVersion: number | null;
  readonly precedent: unknown;
};

/** Throws INVALID, naming the fields. */
const parse = (input: unknown, { units, matrix }: Organisation): PrecedentForm => {
  const parsed = precedentForm.safeParse(input);
  if (!parsed.success) {
    const fields = fieldErrors(parsed.error, ACT_LABELS);
    throw new DomainError('INVALID', fields[0], fields);
  }
  const form = parsed.data;
  if (form.need !== null && !matrix.some(({ id }) => id === form.need)) refuseField('need', 'unknown-choice');
  if (!units.has(form.outcome)) refuseField('outcome', 'unknown-choice');
  if (!form.units.every((unit) => units.has(unit))) refuseField('units', 'unknown-choice');
  return { ...form, units: [...new Set(form.units)] };
};

/** Logged whatever comes of it: a refusal tells that a word is somebody's name, so asking must leave a trace. */
const namesFor = (ctx: Ctx, role: Parameters<typeof logRead>[2], disputeId: string): Promise<readonly string[]> =>
  inTransaction(ctx.deps.db, async (tx) => {
    const found = await findCaseOfDispute(tx, ctx.scope, disputeId);
    if (!found) throw new DomainError('NOT_FOUND');
    await logRead(ctx, tx, role, 'precedent', { referralIds: [found.referralId], childIds: [found.childId] });
    return namesInCase(ctx, tx, found);
  });

/**
 * A BUF-SOF coordinator tells, without personal data, what an ended dispute came to; or mends what was told. What looks
 * like personal data is refused by its field. Throws NOT_FOUND, INVALID, STALE.
 */
export const writePrecedent = async (ctx: Ctx, input: PrecedentInput): Promise<{ id: string }> => {
  const role = demand(ctx.actor, 'precedent.write');
  const { personId } = personOf(ctx);
  const { disputeId, stateVersion } = input;
  const names = await namesFor(ctx, role, disputeId);
  const form = parse(input.precedent, (await currentWorld(ctx)).organisation);
  demandImpersonal(form, names);
  return actOnce(ctx, async (tx) => {
    const before = await findPrecedentOf(tx, ctx.scope, disputeId);
    if ((before?.stateVersion ?? null) !== stateVersion) throw new DomainError('STALE');
    const id = before?.id ?? ctx.deps.newId(ctx.now);
    const written = { id, form, by: personId, at: ctx.now };
    if (before) await rewritePrecedent(tx, ctx.scope, { ...written, expectedVersion: before.stateVersion });
    else await insertPrecedent(tx, ctx.scope, { ...written, disputeId });
    const kind = before ? 'precedent-rewritten' : 'precedent-written';
    await recordSetup(ctx, tx, { kind, personId, data: { precedent: id } }, 'matrix');
    return { id };
  });
};
