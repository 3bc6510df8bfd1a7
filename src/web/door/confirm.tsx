import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FieldError } from '#domain/errors.ts';
import { client } from '../api.ts';
import { useLanguage } from '../components/language.ts';
import { PageTitle } from '../components/page-title.tsx';
import { useRefusals } from '../form/use-refusals.ts';
import { useAct } from '../use-act.ts';
import { CodeForm } from './code-form.tsx';
import type { Received } from './done.tsx';

type Props = {
  readonly notification: Record<string, unknown>;
  readonly email: string;
  /** Of the first code, which was asked for on the way here. */
  readonly codeId: string;
  /** Of the notification, whichever code it is sent with. */
  readonly notificationKey: string;
  readonly done: (received: Received) => void;
  readonly refused: (fields: readonly FieldError[]) => void;
  readonly back: () => void;
};

/** The work mail is confirmed by a one-time code, and the same step sends. */
export const Confirm = ({ notification, email, notificationKey, done, refused, back, ...first }: Props) => {
  const { t } = useTranslation();
  const language = useLanguage();
  const refusals = useRefusals();
  const [{ codeId, sent }, setCode] = useState({ codeId: first.codeId, sent: 0 });
  const again = useAct(client.door.requestCode, {
    refresh: false,
    done: (answer) => setCode((before) => ({ codeId: answer.codeId, sent: before.sent + 1 })),
  });
  const sending = useAct(client.door.submit, {
    refresh: false,
    key: notificationKey,
    done,
    failed: ({ fields }) => {
      const own = fields.filter(({ path }) => path === 'code' || path.startsWith('confirmation'));
      if (own.length < fields.length) refused(fields);
      else refusals.refuse(own.map((field) => ({ ...field, path: 'code' })));
    },
  });
  return (
    <div className="narrow">
      <PageTitle title={t('door.code.title')} />
      <CodeForm
        refusals={refusals}
        problem={sending.problem ?? again.problem}
        pending={sending.pending}
        submitLabel={t('door.code.submit')}
        told={t('door.code.told')}
        submit={(code) => sending.run({ notification, confirmation: { id: codeId, code } })}
        again={() => again.run({ email, language })}
        sentAgain={sent}
      >
        <p className="lead">{t('door.code.sent', { email })}</p>
      </CodeForm>
      <p>
        <button type="button" className="function-link" onClick={back}>
          {t('door.code.back')}
        </button>
      </p>
    </div>
  );
};
