import { useQuery } from '@tanstack/react-query';
import type { CodeLists } from '#domain/codes.ts';
import type { Reason } from '#domain/errors.ts';
import type { RegulationChange } from '#domain/regulation-change.ts';
import { changeInWords } from '#domain/regulation-words.ts';
import { trpc } from '../api.ts';
import { dayIn, useText } from '../components/language.ts';

/** A proposed change as one line in the language on screen. */
export const useChangeWords = (): ((change: RegulationChange) => string) => {
  const text = useText();
  const { data } = useQuery(trpc.setup.regulations.queryOptions());
  const names = new Map(data?.units.map(({ id, name }) => [id, name]));
  const day = (iso: string) => ({ da: dayIn('da', `${iso}T12:00:00Z`), en: dayIn('en', `${iso}T12:00:00Z`) });
  const { codes } = data?.document.rulebook ?? {};
  const codeName = (list: keyof CodeLists, code: string): Reason =>
    codes?.[list].find((row: CodeLists[typeof list][number]) => String(row.code) === code) ?? { da: code, en: code };
  return (change) => text(changeInWords(change, (id) => names.get(id) ?? id, day, codeName));
};
