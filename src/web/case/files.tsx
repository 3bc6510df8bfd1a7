import { useTranslation } from 'react-i18next';
import type { Case } from '../api.ts';
import { useWhen } from '../components/language.ts';
import { AddFile } from './add-file.tsx';
import { FileLines } from './file-lines.tsx';

/** Files of the case and of its notification, to fetch and to add. Fetching one is recorded as a reading. */
export const Files = ({ item }: { readonly item: Pick<Case, 'id' | 'files' | 'acts'> }) => {
  const { t } = useTranslation();
  const when = useWhen();
  const mayAdd = item.acts.includes('add-evidence');
  return (
    <section className="panel" aria-labelledby="files">
      <h2 id="files">{t('files.heading')}</h2>
      {item.files.length === 0 ? <p className="muted">{t('files.nothing')}</p> : null}
      <FileLines
        files={item.files}
        about={({ addedAt, addedBy, ofNotifier }) =>
          t(ofNotifier ? 'attached.from' : 'files.by', { when: when(addedAt), who: addedBy })
        }
      />
      {mayAdd ? (
        <AddFile
          path={`/attachments/referral/${item.id}`}
          hint={t('files.hint')}
          label={t('files.add')}
          done={t('files.done')}
          stopped={t('files.stopped')}
        />
      ) : null}
    </section>
  );
};
