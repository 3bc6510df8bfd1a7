import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { client, trpc } from '../api.ts';
import { AddFile } from '../case/add-file.tsx';
import { FileLines } from '../case/file-lines.tsx';
import { Failed, ProblemAlert } from '../components/problem-alert.tsx';
import { useAct } from '../use-act.ts';

/** While one is being checked. */
const AGAIN_MS = 10_000;

/** Files beside what is being written: sent as they are chosen, and taken away again until the whole is sent. */
export const DraftFiles = ({
  draftId,
  shown,
}: {
  readonly draftId: string;
  readonly shown: 'to-change' | 'to-check';
}) => {
  const { t } = useTranslation();
  const files = useQuery(
    trpc.files.ofDraft.queryOptions(
      { draftId },
      {
        gcTime: 0,
        refetchInterval: ({ state }) => (state.data?.some((one) => one.state === 'held') ? AGAIN_MS : false),
      },
    ),
  );
  const removing = useAct(client.files.remove);
  const lines = files.data ?? [];
  if (shown === 'to-check' && lines.length === 0) return null;
  return (
    <section aria-labelledby="draft-files">
      <h2 id="draft-files" className="part-heading">
        {t('attached.heading')}
      </h2>
      {files.error ? <Failed error={files.error} retry={files.refetch} /> : null}
      <ProblemAlert problem={removing.problem} />
      <FileLines
        files={lines}
        about={({ state }) => (state === 'refused' ? t('attached.notSent') : '')}
        also={({ id, name }) =>
          shown === 'to-check' ? null : (
            <button type="button" className="button button-secondary" onClick={() => removing.run({ draftId, id })}>
              {t('attached.remove')}
              <span className="sr-only">: {name}</span>
            </button>
          )
        }
      />
      {shown === 'to-change' ? (
        <AddFile
          path={`/attachments/draft/${draftId}`}
          hint={t('attached.hint')}
          choose={t('attached.choose')}
          label={t('attached.again')}
          done={t('attached.done')}
          stopped={t('attached.stopped')}
          atOnce
        />
      ) : null}
    </section>
  );
};
