import { randomInt } from 'node:crypto';
import { localDay } from '#domain/time.ts';
import type { Ctx } from './context.ts';

type Arrived = {
  readonly form: { readonly notifier: { readonly basis: string } };
  readonly registeredById: string | null;
};

/** Anonymous by the form: nobody took it, so its instant is known to nobody. */
export const isUnseen = ({ form, registeredById }: Arrived): boolean =>
  form.notifier.basis === 'anonymous' && registeredById === null;

/**
 * Not the next in the row, whose neighbours would tell between which two instants it came. At random from the last tenth,
 * which the row reaches after many decades; a number that is taken is refused by its index, and another one tried.
 */
export const quietCaseNumber = (ctx: Ctx): string => `${localDay(ctx.now).year}-${randomInt(900_000, 1_000_000)}`;
