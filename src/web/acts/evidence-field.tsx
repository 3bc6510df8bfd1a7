import { EVIDENCE_KINDS } from '#domain/evidence.ts';
import { useText } from '../components/language.ts';
import { SelectField } from '../form/fields.tsx';

/** What shows that the work was done. */
export const EvidenceField = ({ path, label }: { readonly path: string; readonly label: string }) => {
  const text = useText();
  return (
    <SelectField
      path={path}
      label={label}
      options={EVIDENCE_KINDS.map((kind) => ({ value: kind.code, label: text(kind) }))}
    />
  );
};
