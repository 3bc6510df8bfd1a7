import { createContext, use } from 'react';
import type { FieldError } from '#domain/errors.ts';
import { useText } from '../components/language.ts';

const Context = createContext<readonly FieldError[]>([]);

/** The refused fields of a form; summary and fields read the same list, so that they say the same words. */
export const Problems = Context.Provider;

const useProblems = (): readonly FieldError[] => use(Context);

/** The id of the control for a path, which is where a link of the summary leads. */
export const fieldId = (path: string): string => `f-${path.replaceAll('.', '-')}`;

export const useProblemAt = (path: string): string | null => {
  const text = useText();
  const found = useProblems().find((problem) => problem.path === path);
  return found ? text(found) : null;
};
