/**
 * Chance by name: the same seed and the same words always give the same number in [0, 1), in whatever order they are
 * asked. So a year can be run with many at work at once and be the same year each time.
 */
export type Chance = (...words: readonly (string | number)[]) => number;

export const chanceOf =
  (seed: number): Chance =>
  (...words) => {
    // FNV-1a, then the finish of MurmurHash3, which spreads what differs in the last letter only.
    let hash = 2_166_136_261 ^ seed;
    for (const letter of words.join('|')) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 16_777_619);
    hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
    return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
  };

export const pick = <V>(of: readonly V[], chance: number): V => {
  const found = of[Math.floor(chance * of.length)];
  if (found === undefined) throw new RangeError('nothing to choose from');
  return found;
};
