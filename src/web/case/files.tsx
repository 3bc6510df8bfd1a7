import { useTranslation } from 'react-i18next';
import { FILE_TYPES } from '#domain/attachments.ts';
import type { Case } from '../api.ts';
import { Badge } from '../components/badge.tsx';
import { LOCALE, useLanguage, useText, useWhen } from '../components/language.ts';
import { AddFile } from './add-file.tsx';

const MB = 1024 * 1024;

/** In kB or MB, as people read them. */
const useSize = (): ((bytes: number) => string) => {
  const locale = LOCALE[useLanguage()];
  return (bytes) => {
    if (bytes < MB) return `${Math.max(1, Math.round(bytes / 1024)).toLocaleString(locale)} kB`;
    return `${(bytes / MB).toLocaleString(locale, { maximumFractionDigits: 1 })} MB`;
  };
};

/** What can be opened is a link; of all else its name is shown, and why not. */
const FileName = ({
  file: { id, name, state },
}: {
  readonly file: Pick<Case['files'][number], 'id' | 'name' | 'state'>;
}) => {
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

/** Files of the case, to fetch and to add. Fetching one is recorded as a reading. */
export const Files = ({ item }: { readonly item: Pick<Case, 'id' | 'files' | 'acts'> }) => {
  const { t } = useTranslation();
  const text = useText();
  const when = useWhen();
  const size = useSize();
  const mayAdd = item.acts.includes('add-evidence');
  return (
    <section className="panel" aria-labelledby="files">
      <h2 id="files">{t('files.heading')}</h2>
      {item.files.length === 0 ? <p className="muted">{t('files.nothing')}</p> : null}
      <ul className="nobullet-list progress-list">
        {item.files.map(({ id, name, state, type, bytes, addedAt, addedBy }) => (
          <li key={id}>
            <FileName file={{ id, name, state }} />
            <p className="muted">
              {text(FILE_TYPES[type])}, {t('files.by', { size: size(bytes), when: when(addedAt), who: addedBy })}
            </p>
          </li>
        ))}
      </ul>
      {mayAdd ? <AddFile id={item.id} /> : null}
    </section>
  );
};
