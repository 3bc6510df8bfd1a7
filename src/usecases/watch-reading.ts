import { actorOf } from '#domain/actors.ts';
import { demand } from '#domain/policy.ts';
import { isMany, isRelated, type Unusual } from '#domain/unusual-reading.ts';
import { inOrder, inTransaction } from '#store/db.ts';
import { countReaders, findUnrelatedReads } from '#store/reading.ts';
import type { Ctx } from './context.ts';
import { raiseUnusual } from './unusual-reading.ts';
import { currentWorld } from './world.ts';

type Found = { readonly personId: string; readonly unitId: string; readonly why: Unusual };

/**
 * Who has read unusually much, or cases that none of their units has to do with, in the time since it was last looked: their
 * leaders are asked. Idempotent. Answers how many tasks were raised.
 */
export const watchReading = async (ctx: Ctx): Promise<number> => {
  demand(ctx.actor, 'message.deliver');
  const { db } = ctx.deps;
  const world = await currentWorld(ctx);
  const readers = await countReaders(db, ctx.scope, ctx.now);
  const many = readers.filter(isMany).map((reader): Found => ({ ...reader, why: 'volume' }));
  const unrelated = (await findUnrelatedReads(db, ctx.scope, ctx.now)).filter(({ personId, units }) => {
    const person = world.organisation.people.get(personId);
    const actor = person && actorOf(person, world.organisation, ctx.now);
    return !actor || !isRelated(actor, units);
  });
  const found = [...many, ...unrelated.map((read): Found => ({ ...read, why: 'no-relation' }))];
  const raised = await inOrder(found, (one) => inTransaction(db, (tx) => raiseUnusual(ctx, tx, world, one, one.why)));
  return raised.filter(Boolean).length;
};
