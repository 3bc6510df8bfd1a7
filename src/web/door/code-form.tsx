import { type ReactNode, useState } from 'react';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { Alert } from '../components/alert.tsx';
import { ActForm } from '../form/act-form.tsx';
import { TextField } from '../form/fields.tsx';
import { refusalsBy, type useRefusals } from '../form/use-refusals.ts';
import type { Problem } from '../problem.ts';

const asked = z.object({ code: z.string().trim().min(1, 'required') });

type Props = {
  readonly refusals: ReturnType<typeof useRefusals>;
  readonly problem: Problem | null;
  readonly pending: boolean;
  readonly submitLabel: string;
  readonly told: string;
  readonly submit: (code: string) => void;
  /** Asks for another code; answers once it is on its way. */
  readonly again: () => void;
  /** How often another one was sent. */
  readonly sentAgain: number;
  readonly children: ReactNode;
};

/** Asks for the one-time code of a mail. */
export const CodeForm = ({ refusals, submit, again, sentAgain, children, ...shown }: Props) => {
  const { t } = useTranslation();
  const form = useForm<{ code: string }>({ defaultValues: { code: '' } });
  const [announced] = useState(sentAgain);
  return (
    <>
      {children}
      {sentAgain > announced ? (
        <Alert tone="success" live>
          <p>{t('door.code.againDone')}</p>
        </Alert>
      ) : null}
      <ActForm
        form={form}
        problems={refusals.problems}
        attempt={refusals.attempt}
        {...shown}
        submit={(values) => {
          const found = refusalsBy(asked, values);
          refusals.refuse(found);
          if (found.length === 0) submit(values.code.replaceAll(/\s/g, ''));
        }}
      >
        <TextField
          path="code"
          label={t('door.back.code')}
          hint={t('door.code.hint')}
          width="medium"
          inputMode="numeric"
          autoComplete="one-time-code"
        />
      </ActForm>
      <p>
        <button type="button" className="function-link" onClick={again}>
          {t('door.code.again')}
        </button>
      </p>
    </>
  );
};
