import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { trpc } from '../api.ts';
import { AddFile } from '../case/add-file.tsx';
import { FileLines } from '../case/file-lines.tsx';
import { useWhen } from '../components/language.ts';
import { Failed } from '../components/problem-alert.tsx';
import { useRefresh } from '../live.tsx';
import { problemOf } from '../problem.ts';

/** Files that the notifier has sent, and more to lay beside them: each is sent by itself, and stays. */
export const SentFiles = ({ notificationId }: { readonly notificationId: string }) => {
  const { t } = useTranslation();
  const when = useWhen();
  const refetchInterval = useRefresh();
  const files = useQuery(trpc.files.ofNotification.queryOptions({ notificationId }, { refetchInterval }));
  // Whoever is in the place of a notifier that has left may add, and sees nothing of what was sent.
  const hidden = files.error !== null && problemOf(files.error).code === 'NOT_FOUND';
  return (
    <section className="panel" aria-labelledby="sent-files">
      <h2 id="sent-files">{t('files.heading')}</h2>
      {files.error && !hidden ? <Failed error={files.error} retry={files.refetch} /> : null}
      <FileLines files={files.data ?? []} about={({ addedAt }) => t('attached.at', { when: when(addedAt) })} />
      <AddFile
        path={`/attachments/notification/${notificationId}`}
        hint={t('attached.sentHint')}
        label={t('attached.send')}
        done={t('attached.sent')}
        stopped={t('attached.notSentYet')}
      />
    </section>
  );
};
