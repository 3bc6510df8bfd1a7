/** Chance that a seed repeats: the same seed gives the same numbers. */
export type Chance = {
  /** At least 0, below 1. */
  readonly next: () => number;
  readonly below: (n: number) => number;
  readonly pick: <V>(values: readonly V[]) => V | undefined;
};

/** Every name under a seed has its own sequence, so that what one referral does changes nothing for the others. */
export const chanceOf = (seed: number, name: string): Chance => {
  let state = [...name].reduce((sum, letter) => Math.imul(sum ^ letter.charCodeAt(0), 0x01_00_01_93), seed | 0) >>> 0;
  const next = (): number => {
    state = (state + 0x6d_2b_79_f5) >>> 0;
    const one = Math.imul(state ^ (state >>> 15), state | 1);
    const two = one ^ (one + Math.imul(one ^ (one >>> 7), one | 61));
    return ((two ^ (two >>> 14)) >>> 0) / 0x1_00_00_00_00;
  };
  const below = (n: number): number => Math.floor(next() * n);
  return { next, below, pick: (values) => values[below(values.length)] };
};
