/** A few at a time, as they would come over a few connections. */
export const inParallel = async <A>(
  list: readonly A[],
  workers: number,
  work: (item: A) => Promise<void>,
): Promise<void> => {
  const queue = list.values();
  const worker = async (): Promise<void> => {
    for (const item of queue) await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(workers, list.length) }, worker));
};
