import type { Instant } from '#domain/time.ts';
import type { Ctx } from '#usecases/context.ts';

/** What earlier steps answered, by the names that the story gives it; ids only. */
export type Known = Readonly<Record<string, string>>;

/** One act of one person at a fixed instant. `id` is also its idempotency key, so it never changes. */
export type Step = {
  readonly id: string;
  /** No two steps share an instant, and none stands where a clock is due. */
  readonly at: Instant;
  /** A person's id. */
  readonly who: string;
  /** The use case's file name. */
  readonly act: string;
  /** Acts and answers what later steps need. Idempotent by the key in `ctx`. */
  readonly run: (ctx: Ctx, known: Known) => Promise<Known>;
};

/** What an earlier step has answered. Throws when the story is told out of order. */
export const given = (known: Known, name: string): string => {
  const value = known[name];
  if (value === undefined) throw new Error(`the story does not know ${name} yet`);
  return value;
};

/** Nothing known, no need chosen: what a person confirms who acknowledges a child that is new here. */
export const NEW_HERE = { known: { unit: null, disability: false, elsewhere: false }, need: null } as const;
