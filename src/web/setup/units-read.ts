/** `2300, 2450-2460` as ranges; what is no postal code stays as it is and is refused. */
export const rangesOf = (text: string): { from: unknown; to: unknown }[] =>
  text
    .split(/[,;]/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => {
      const match = /^(\d{4})(?:\s*[-–]\s*(\d{4}))?$/.exec(part);
      return match ? { from: Number(match[1]), to: Number(match[2] ?? match[1]) } : { from: part, to: part };
    });

/** `0-14` as the lowest and highest year; blank is no limit. */
export const agesOf = (text: string): unknown => {
  if (text.trim() === '') return null;
  const match = /^(\d{1,3})\s*[-–]\s*(\d{1,3})$/.exec(text.trim());
  return match ? [Number(match[1]), Number(match[2])] : text;
};

const LETTERS: Readonly<Record<string, string>> = { æ: 'ae', ø: 'oe', å: 'aa' };

/** A unit's id from its name: `Børnefamilieenhed Vest` → `boernefamilieenhed-vest`. It stays when the name changes. */
export const idFrom = (name: string): string =>
  name
    .toLowerCase()
    .replaceAll(/[æøå]/g, (letter) => LETTERS[letter] ?? letter)
    .normalize('NFD')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 80);

/** `2300, 2450-2460`, as it is typed. */
export const rangesInWords = (ranges: readonly { readonly from: number; readonly to: number }[]): string =>
  ranges
    .map(({ from, to }) => [from, to].map((code) => String(code).padStart(4, '0')))
    .map(([from, to]) => (from === to ? from : `${from}-${to}`))
    .join(', ');
