import { z } from 'zod';
import { readPrecedents } from '#usecases/read-precedents.ts';
import { readUnwritten, searchPrecedents } from '#usecases/search-precedents.ts';
import { writePrecedent } from '#usecases/write-precedent.ts';
import { code, id, page } from './inputs.ts';
import { doing, router } from './trpc.ts';

const asked = (most: number) => z.string().trim().min(1, 'required').max(most).nullable().default(null);

/** Earlier decisions in disputes, told without personal data. */
export const precedents = router({
  search: doing('precedent.read')
    .input(
      page.extend({
        words: asked(200),
        need: code.nullable().default(null),
        age: z.int().min(0).max(150).nullable().default(null),
        unit: code.nullable().default(null),
        basis: asked(100),
      }),
    )
    .query(({ ctx, input }) => searchPrecedents(ctx.act, input)),
  unwritten: doing('precedent.write').query(({ ctx }) => readUnwritten(ctx.act)),
  /** `id` is the referral's, as on the page of its dispute. */
  ofDispute: doing('precedent.read')
    .input(z.strictObject({ id }))
    .query(({ ctx, input }) => readPrecedents(ctx.act, input.id)),
  write: doing('precedent.write')
    .input(z.strictObject({ disputeId: id, stateVersion: z.int().min(0).nullable(), precedent: z.looseObject({}) }))
    .mutation(({ ctx, input }) => writePrecedent(ctx.act, input)),
});
