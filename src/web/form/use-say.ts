import type { Say } from '#domain/form-lines.ts';
import { sayAnswer } from '#domain/form-words.ts';
import { useText } from '../components/language.ts';
import { useFormData, useNeeds } from './form-data.ts';

/** How each kind of answer reads, in the language on screen. */
export const useSay = (): Say => {
  const text = useText();
  const needs = useNeeds();
  const { institutions, codes } = useFormData();
  const names = {
    institution: (id: string) => institutions.find((one) => one.id === id)?.name,
    need: (id: string) => {
      const label = needs.find(({ value }) => value === id)?.label;
      return label === undefined ? undefined : { da: label, en: label };
    },
    codes,
  };
  return (field, value) => {
    const said = sayAnswer(field, value, names);
    return said && text(said);
  };
};
