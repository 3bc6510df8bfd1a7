import { z } from 'zod';
import { readJson, shaped } from './files.ts';

/** Of `--cases FILE`: each case answered, in order. `expect` and other members are left alone. */
export const answerCases = <S extends z.ZodType>(
  file: string,
  shape: S,
  answer: (one: z.output<S>) => unknown,
): { readonly id: string; readonly got: unknown }[] => {
  const list = shaped(file, z.array(z.looseObject({ id: z.string() })), readJson(file));
  const cases = shaped(file, z.array(shape), list);
  return cases.map((one, at) => ({ id: list[at]?.id ?? '', got: answer(one) }));
};
