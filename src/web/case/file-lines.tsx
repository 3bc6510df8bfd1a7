import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { FILE_TYPES, sizeInWords } from '#domain/attachments.ts';
import type { Case } from '../api.ts';
import { Badge } from '../components/badge.tsx';
import { useText } from '../components/language.ts';

export type FileLine = Pick<
  Case['files'][number],
  'id' | 'name' | 'state' | 'type' | 'bytes' | 'addedAt' | 'addedBy'
> & {
  readonly ofNotifier: boolean;
};

/** What can be opened is a link; of all else its name is shown, and why not. */
const FileName = ({ file: { id, name, state } }: { readonly file: FileLine }) => {
  const { t } = useTranslation();
  if (state === 'cleared') {
    return (
      <a className="file-name" href={`/attachments/${id}`} download={name}>
        {name}
      </a>
    );
  }
  return (
    <>
      <span className="file-name">{name}</span>{' '}
      <Badge tone={state === 'held' ? 'info' : 'error'}>{t(`files.${state}`)}</Badge>
      <p>{t(`files.${state}Why`)}</p>
    </>
  );
};

type Props = {
  readonly files: readonly FileLine[];
  /** What is said of each after its type and size. */
  readonly about?: (file: FileLine) => string;
  readonly also?: (file: FileLine) => ReactNode;
};

/** Files with their size, to fetch. */
export const FileLines = ({ files, about, also }: Props) => {
  const text = useText();
  return (
    <ul className="nobullet-list progress-list">
      {files.map((file) => (
        <li key={file.id}>
          <FileName file={file} />
          <p className="muted">
            {[text(FILE_TYPES[file.type]), text(sizeInWords(file.bytes)), about?.(file)].filter(Boolean).join(', ')}
          </p>
          {also?.(file)}
        </li>
      ))}
    </ul>
  );
};
