type Level<V> = { readonly deeper: WeakMap<object, Level<V>>; readonly known: Map<string | number, V> };

const level = <V>(): Level<V> => ({ deeper: new WeakMap(), known: new Map() });

/**
 * A memo for pure computations over values that never change: `of` is what they are computed over (a calendar, the
 * hours of a unit), `key` what of it is asked. Begins anew at `limit` answers, so that memory stays bounded.
 */
export const kept = <V>(limit: number) => {
  const top = level<V>();
  return (of: readonly object[], key: string | number, compute: () => V): V => {
    let at = top;
    for (const one of of) {
      const next = at.deeper.get(one) ?? level<V>();
      at.deeper.set(one, next);
      at = next;
    }
    const found = at.known.get(key);
    if (found !== undefined) return found;
    const made = compute();
    if (at.known.size >= limit) at.known.clear();
    at.known.set(key, made);
    return made;
  };
};
