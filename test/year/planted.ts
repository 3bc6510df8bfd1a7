import { found, foundInMail } from '#test/support/needles.ts';

/** In every planted text, and nowhere else: whoever finds it has found one of them. */
const STEM = 'Kværnebæksplante';
let planted = 0;

/** A text as of a child, a family or a case, to be looked for everywhere afterwards. */
export const plant = (): string => {
  planted += 1;
  return `${STEM}${planted}`;
};
export const countPlanted = (): number => planted;

/** More than fits into one text is looked through piece by piece; what lies over an edge is in both. */
const PIECE = 64 * 2 ** 20;
const EDGE = 1_024;
export const isPlantedIn = (bytes: Uint8Array): boolean => {
  for (let at = 0; at < bytes.length; at += PIECE) {
    if (found(bytes.subarray(at, at + PIECE + EDGE), [STEM]).length > 0) return true;
  }
  return false;
};
const isPlantedInMail = (bytes: Buffer): boolean => foundInMail(bytes, [STEM]).length > 0;

/** Where a planted text was seen that must not hold one. */
export const makeSightings = () => {
  const seen = new Map<string, number>();
  return {
    seen,
    look: (where: string, text: string | Buffer): void => {
      const bytes = Buffer.from(text);
      const is = where === 'mail' ? isPlantedInMail(bytes) : isPlantedIn(bytes);
      if (is) seen.set(where, (seen.get(where) ?? 0) + 1);
    },
  };
};
export type Sightings = ReturnType<typeof makeSightings>;
