import { wholeDay } from '../form/date-field.tsx';

/** A whole number as typed; anything else is refused as no number. */
export const numberOf = (text: string): unknown =>
  /^-?\d+$/.test(text.trim()) ? Number(text) : text.trim() === '' ? undefined : text;

export const dayOf = (text: string): string => wholeDay(text);

/** `8`, `8.30` or `08:30` as `08:30`; anything else as it stands. */
export const timeOf = (text: string): string => {
  const match = /^(\d{1,2})(?:[.:](\d{2}))?$/.exec(text.trim());
  return match ? `${match[1]?.padStart(2, '0')}:${match[2] ?? '00'}` : text.trim();
};

/** `8-12, 13.30-16` → two periods; nothing is none. */
export const periodsOf = (text: string): { from: string; to: string }[] =>
  text
    .split(/[,;]/)
    .filter((part) => part.trim() !== '')
    .map((part) => {
      const [from = '', to = ''] = part.split(/[-–]/);
      return { from: timeOf(from), to: timeOf(to) };
    });

/** `§32, 46 a` → `§ 32`, `§ 46 a`; what is no paragraph stays as typed and is refused. */
export const paragraphsOf = (text: string): string[] =>
  text
    .split(/[,;]/)
    .filter((part) => part.trim() !== '')
    .map((part) =>
      part.trim().replace(/^(?:§\s*)?(\d{1,3})\s*([a-z])?$/, (_, n, letter) => `§ ${n}${letter ? ` ${letter}` : ''}`),
    );
