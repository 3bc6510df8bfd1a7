import { FIELD_LABELS } from '#domain/field-labels.ts';
import { useText } from '../components/language.ts';

/** Fields are called on screen what the errors call them. */
export const useLabel = (): ((field: keyof typeof FIELD_LABELS) => string) => {
  const text = useText();
  return (field) => text(FIELD_LABELS[field]);
};
