import type { AccessCase } from '#domain/access-items.ts';
import { dayInWords, inWords } from '#domain/deadline-explanation.ts';
import { type Instant, T } from '#domain/time.ts';
import type { World } from '#domain/world.ts';
import { findListed } from '#store/children.ts';
import type { Tx } from '#store/db.ts';
import { findFeedbacks } from '#store/measures.ts';
import { findRequests } from '#store/requests.ts';
import type { Ctx } from './context.ts';
import { openTold } from './list-own-notifications.ts';

/** A measure by our name for it, else in the list's own word; and since when. */
const measureOf = ({ rulebook }: World, measure: string, since: string | null): string => {
  const name = rulebook.codes.measures.find(({ code }) => code === measure)?.da ?? measure;
  return since === null ? name : `${name} fra ${dayInWords(T.PlainDate.from(since)).da}`;
};

/** What the case system's list says of a case's child, a line for each of the child's numbers. */
export const listedOf = async (ctx: Ctx, tx: Tx, world: World, id: string): Promise<AccessCase['known']> => {
  const { units, people } = world.organisation;
  const listed = await findListed(tx, ctx.scope, id);
  return listed.map(({ seenAt, unitId, caseworkerId, measure, since, disability }) =>
    [
      `Set ${inWords(seenAt).da}`,
      unitId && (units.get(unitId)?.name ?? unitId),
      caseworkerId && (people.get(caseworkerId)?.title ?? caseworkerId),
      measure && measureOf(world, measure, since),
      disability ? 'Funktionsnedsættelse' : null,
    ]
      .filter((word) => word !== null && word !== '')
      .join(' · '),
  );
};

const GIVEN: ReadonlySet<string> = new Set(['given', 'delivered']);

/** What the notifier was told, and what they were asked, word for word. */
export const toldToNotifier = async (ctx: Ctx, tx: Tx, id: string): Promise<AccessCase['told']> => {
  const given = (await findFeedbacks(tx, ctx.scope, id)).filter(({ state }) => GIVEN.has(state));
  const answers = await openTold(ctx, tx, 'feedback', given);
  const questions = await openTold(ctx, tx, 'request', await findRequests(tx, ctx.scope, id));
  type One = Pick<(typeof answers)[number] | (typeof questions)[number], 'id' | 'told'>;
  const line = ({ id: one, told }: One, at: Instant) => ({
    ...{ id: one, at: inWords(at).da },
    text: told.map(({ da }) => da).join(' '),
  });
  return [...answers.map((one) => line(one, one.givenAt)), ...questions.map((one) => line(one, one.askedAt))];
};
