import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ACT_LABELS } from '#domain/act-labels.ts';
import { FILE_TYPES, MOST_BYTES } from '#domain/attachments.ts';
import type { FieldError } from '#domain/errors.ts';
import { refusedField } from '#domain/field-errors.ts';
import { Alert } from '../components/alert.tsx';
import { ProblemAlert } from '../components/problem-alert.tsx';
import { ErrorSummary } from '../form/error-summary.tsx';
import { Frame, useDescribed } from '../form/field.tsx';
import { Problems } from '../form/problems.tsx';
import { useRefusals } from '../form/use-refusals.ts';
import { useUpload } from './use-upload.ts';

const PATH = 'file';
const ACCEPTED = Object.values(FILE_TYPES)
  .map(({ mime }) => mime)
  .join(',');

/** What can be said before anything is sent; what the file is, the server finds. */
const refused = (file: File | undefined): readonly FieldError[] => {
  const wrong = file ? (file.size > MOST_BYTES ? 'file-too-large' : null) : 'required';
  return wrong ? [refusedField(PATH, wrong, ACT_LABELS)] : [];
};

type FieldProps = {
  readonly input: React.RefObject<HTMLInputElement | null>;
  readonly hint: string;
  readonly choose: string;
  readonly chosen: (() => void) | undefined;
};

const FileField = ({ input, hint, choose, chosen }: FieldProps) => {
  const { problem, ...described } = useDescribed(PATH, hint);
  return (
    <Frame path={PATH} label={choose} hint={hint} described={{ problem, ...described }}>
      <input
        {...described}
        ref={input}
        className="form-input file-input"
        type="file"
        accept={ACCEPTED}
        onChange={chosen}
      />
    </Frame>
  );
};

const Progress = ({ part, stop }: { readonly part: number; readonly stop: () => void }) => {
  const { t } = useTranslation();
  const percent = Math.floor(part * 100);
  return (
    <div className="file-sending">
      <progress value={percent} max={100} aria-label={t('files.sending', { percent })} />
      <span aria-hidden="true">{t('files.sending', { percent })}</span>
      <button type="button" className="button button-secondary" onClick={stop}>
        {t('files.stop')}
      </button>
    </div>
  );
};

type Props = {
  /** Where it is sent to. */
  readonly path: string;
  readonly hint: string;
  /** What the field is called, where it says more than that. */
  readonly choose?: string;
  readonly label: string;
  readonly done: string;
  readonly stopped: string;
  /** It is sent as soon as it is chosen; else by a button. */
  readonly atOnce?: boolean;
};

/**
 * Choose a file and send it: how far it has come, and stopped while it is on its way. No form of its own, for it may stand in
 * one.
 */
export const AddFile = ({ path, hint, choose, label, done, stopped, atOnce = false }: Props) => {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  const [said, setSaid] = useState<string | null>(null);
  const { problems, attempt, refuse } = useRefusals();
  const { send, stop, pending, part, problem } = useUpload({
    path,
    done: () => {
      if (input.current) input.current.value = '';
      setSaid(done);
    },
    stopped: () => setSaid(stopped),
    failed: ({ fields }) => refuse(fields),
  });
  const submit = () => {
    if (pending) return;
    const file = input.current?.files?.[0];
    const found = refused(file);
    refuse(found);
    setSaid(null);
    if (file && found.length === 0) send(file);
  };
  return (
    <div className="act-form d-print-none">
      <ErrorSummary problems={problems} attempt={attempt} />
      {problems.length === 0 && !pending ? <ProblemAlert problem={problem} /> : null}
      <div aria-live="polite">
        {said ? (
          <Alert tone={said === done ? 'success' : 'info'}>
            <p>{said}</p>
          </Alert>
        ) : null}
      </div>
      <Problems value={problems}>
        <FileField
          input={input}
          hint={hint}
          choose={choose ?? t('files.choose')}
          chosen={atOnce ? submit : undefined}
        />
      </Problems>
      {pending ? <Progress part={part} stop={stop} /> : null}
      {pending || (atOnce && (!problem || problems.length > 0)) ? null : (
        <div className="button-group">
          <button type="button" className="button button-primary" onClick={submit}>
            {label}
          </button>
        </div>
      )}
    </div>
  );
};
