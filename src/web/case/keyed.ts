/** Lines with a key of their own, though two may say the same: the second count of a deadline repeats days. */
export const keyed = (lines: readonly string[]): readonly (readonly [key: string, line: string])[] => {
  const times = new Map<string, number>();
  return lines.map((line) => {
    const time = (times.get(line) ?? 0) + 1;
    times.set(line, time);
    return [`${time} ${line}`, line];
  });
};
