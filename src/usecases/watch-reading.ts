import { actorOf } from '#domain/actors.ts';
import type { ClosedCase } from '#domain/asked-of-reading.ts';
import { demand } from '#domain/policy.ts';
import { type Instant, isBefore } from '#domain/time.ts';
import { isMany, isRelated, type Unusual } from '#domain/unusual-reading.ts';
import type { World } from '#domain/world.ts';
import { inOrder, inTransaction } from '#store/db.ts';
import { findLookedUntil, findOpenings, noteLookedUntil, type Opening } from '#store/reading.ts';
import type { Ctx } from './context.ts';
import { raiseUnusual } from './unusual-reading.ts';
import { currentWorld } from './world.ts';

const PAGE = 500;
/** What is written is seen once its transaction has ended: what was looked at lately is looked at again. Minutes. */
const AGAIN = 10;
/** Hours, where nobody has looked before. */
const FIRST = 24;
const BEFORE_ALL = '00000000-0000-0000-0000-000000000000';

const beginning = (looked: Instant | null, now: Instant): Instant => {
  if (!looked) return now.subtract({ hours: FIRST });
  return (isBefore(now, looked) ? now : looked).subtract({ minutes: AGAIN });
};

type Question = { readonly why: Unusual; readonly closed?: ClosedCase };

const unusualIn = ({ personId, strange, ...counts }: Opening, { organisation }: World, now: Instant): Question[] => {
  const person = organisation.people.get(personId);
  const actor = person && actorOf(person, organisation, now);
  const foreign = strange.filter(({ units }) => !actor || !isRelated(actor, units));
  const [closed, plain] = [
    foreign.filter(({ barred }) => barred.length > 0),
    foreign.some(({ barred }) => barred.length === 0),
  ];
  return [
    ...(isMany(counts) ? [{ why: 'volume' } as const] : []),
    ...(plain ? [{ why: 'no-relation' } as const] : []),
    ...closed.map((one) => ({ why: 'no-relation' as const, closed: one })),
  ];
};

const look = async (ctx: Ctx, world: World, opening: Opening): Promise<number> => {
  const raised = await inOrder(unusualIn(opening, world, ctx.now), ({ why, closed }) =>
    inTransaction(ctx.deps.db, (tx) => raiseUnusual(ctx, tx, world, opening, why, { at: opening.at, closed })),
  );
  return raised.filter(Boolean).length;
};

/**
 * Who has opened unusually many cases, or some that none of their units has to do with, since it was last looked, however
 * long ago: their leaders are asked. Idempotent. Answers how many tasks were raised.
 */
export const watchReading = async (ctx: Ctx): Promise<number> => {
  demand(ctx.actor, 'message.deliver');
  const { db } = ctx.deps;
  const world = await currentWorld(ctx);
  let after = { at: beginning(await findLookedUntil(db, ctx.scope), ctx.now), id: BEFORE_ALL };
  let raised = 0;
  for (let more = true; more; ) {
    const page = await findOpenings(db, ctx.scope, { after, until: ctx.now, limit: PAGE });
    for (const opening of page) raised += await look(ctx, world, opening);
    after = page.at(-1) ?? after;
    more = page.length === PAGE;
    await noteLookedUntil(db, ctx.scope, more ? after.at : ctx.now);
  }
  return raised;
};
