import { useQuery } from '@tanstack/react-query';
import type { CodeLists } from '#domain/codes.ts';
import { type DestructionChange, destructionInWords, isDestruction } from '#domain/destruction.ts';
import type { Reason } from '#domain/errors.ts';
import { type MatrixChange, matrixChangeInWords } from '#domain/matrix-change.ts';
import { isPersonChange, type PersonChange } from '#domain/person-change.ts';
import { personChangeInWords } from '#domain/person-words.ts';
import type { RegulationChange } from '#domain/regulation-change.ts';
import { changeInWords } from '#domain/regulation-words.ts';
import type { UnitChange } from '#domain/unit-change.ts';
import { isUnitChange, unitChangeInWords } from '#domain/unit-words.ts';
import { trpc } from '../api.ts';
import { dayIn, useText } from '../components/language.ts';
import { useNeedName } from '../form/form-data.ts';

const day = (iso: string): Reason => ({ da: dayIn('da', `${iso}T12:00:00Z`), en: dayIn('en', `${iso}T12:00:00Z`) });

/** A change of the responsibility matrix as one line in the language on screen. */
export const useMatrixWords = (): ((change: MatrixChange) => string) => {
  const text = useText();
  const needName = useNeedName();
  const { data } = useQuery(trpc.matrix.rows.queryOptions());
  const unitName = (id: string): string => data?.units.find((unit) => unit.id === id)?.name ?? id;
  const named = (code: string): Reason => {
    const row = data?.rows.findLast(({ id }) => id === code);
    const name = row ? needName(row) : code;
    return { da: name, en: name };
  };
  return (change) => text(matrixChangeInWords(change, unitName, named, day));
};

const isOfMatrix = (change: RegulationChange | MatrixChange): change is MatrixChange =>
  change.what === 'matrix-row' || change.what === 'end-matrix-row';

/** A proposed change as one line in the language on screen. */
export const useChangeWords = (): ((
  change: RegulationChange | MatrixChange | UnitChange | PersonChange | DestructionChange,
) => string) => {
  const text = useText();
  const ofMatrix = useMatrixWords();
  const { data } = useQuery(trpc.setup.regulations.queryOptions());
  const { data: all } = useQuery(trpc.units.all.queryOptions());
  const { data: staff } = useQuery(trpc.people.all.queryOptions({ on: null }));
  const titles = new Map(staff?.people.map(({ id, title }) => [id, title]));
  const titleOf = (id: string): string => titles.get(id) ?? id;
  const names = new Map(all?.units.map(({ id, name }) => [id, name]));
  const unitName = (id: string): string => names.get(id) ?? id;
  const { codes } = data?.document.rulebook ?? {};
  const codeName = (list: keyof CodeLists, code: string): Reason =>
    codes?.[list].find((row: CodeLists[typeof list][number]) => String(row.code) === code) ?? { da: code, en: code };
  return (change) => {
    if (isPersonChange(change)) return text(personChangeInWords(change, titleOf, unitName, day));
    if (isDestruction(change)) return text(destructionInWords(change, day));
    if (isUnitChange(change)) return text(unitChangeInWords(change, unitName, day));
    return isOfMatrix(change) ? ofMatrix(change) : text(changeInWords(change, unitName, day, codeName));
  };
};
