/** What is planned, by instant. */
export type Agenda<P> = {
  readonly add: (at: number, plan: P) => void;
  readonly next: () => number | null;
  /** Takes out everything planned up to `at`. */
  readonly take: (at: number) => P[];
};

export const makeAgenda = <P>(): Agenda<P> => {
  const plans: { readonly at: number; readonly plan: P }[] = [];
  const placeOf = (at: number): number => {
    let [low, high] = [0, plans.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((plans[middle]?.at ?? 0) <= at) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return {
    add: (at, plan) => void plans.splice(placeOf(at), 0, { at, plan }),
    next: () => plans[0]?.at ?? null,
    take: (at) => plans.splice(0, placeOf(at)).map(({ plan }) => plan),
  };
};
