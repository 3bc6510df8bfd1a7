import { useEffect, useRef, useState } from 'react';
import type { UseFormReturn } from 'react-hook-form';
import type { FieldError } from '#domain/errors.ts';
import { type Instant, instant } from '#domain/time.ts';
import { useMailDemanded } from '../door/place.ts';
import { useNow, useTraining } from '../session.tsx';
import { checkForm } from './check.ts';
import { useFormData } from './form-data.ts';
import { withoutEmptyRows } from './to-input.ts';
import type { FormValues } from './values.ts';

export type Checked = {
  readonly problems: readonly FieldError[];
  readonly attempt: number;
  /** Checks the whole or one part; true when nothing is wrong with it. */
  readonly check: (within?: (path: string) => boolean) => boolean;
  readonly refused: (problems: readonly FieldError[]) => void;
  readonly clear: () => void;
};

const everything = () => true;
const same = (a: FieldError) => (b: FieldError) => a.path === b.path && a.code === b.code;

/**
 * What is wrong with the form, told when asked for and never while somebody is still writing; what has been
 * corrected disappears at once.
 */
export const useChecked = (form: UseFormReturn<FormValues>, receivedAt?: () => Instant | null): Checked => {
  const training = useTraining();
  const { codes } = useFormData();
  const now = useNow();
  const [problems, setProblems] = useState<readonly FieldError[]>([]);
  const [attempt, setAttempt] = useState(0);
  const mailDemanded = useMailDemanded();
  const all = () =>
    checkForm(form.getValues(), { training, codes, receivedAt: receivedAt?.() ?? instant(now), mailDemanded });
  const latest = useRef(all);
  useEffect(() => {
    latest.current = all;
  });

  const some = problems.length > 0;
  useEffect(() => {
    if (!some) return;
    return form.subscribe({
      formState: { values: true },
      callback: () => {
        const left = latest.current();
        setProblems((shown) => shown.filter((problem) => left.some(same(problem))));
      },
    });
  }, [form, some]);

  const refused = (found: readonly FieldError[]) => {
    setProblems(found);
    if (found.length > 0) setAttempt((count) => count + 1);
  };
  return {
    problems,
    attempt,
    check: (within = everything) => {
      const values = form.getValues();
      const tidy = withoutEmptyRows(values);
      if (JSON.stringify(tidy) !== JSON.stringify(values)) form.reset(tidy);
      const found = all().filter(({ path }) => within(path));
      refused(found);
      return found.length === 0;
    },
    refused,
    clear: () => setProblems([]),
  };
};
