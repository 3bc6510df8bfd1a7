import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { trpc } from '../api.ts';
import { useWhen } from './language.ts';
import { Failed, Loading } from './problem-alert.tsx';

/** One's own drafts, and those of colleagues at the same institution. */
export const DraftList = () => {
  const { t } = useTranslation();
  const when = useWhen();
  const drafts = useQuery(trpc.drafts.list.queryOptions());
  if (drafts.error) return <Failed error={drafts.error} retry={drafts.refetch} />;
  if (!drafts.data) return <Loading />;
  if (drafts.data.length === 0) return <p className="muted">{t('notifier.start.draftsNone')}</p>;
  return (
    <ul className="draft-list nobullet-list no-max-width">
      {drafts.data.map((draft) => {
        const name = draft.childNames.length > 0 ? draft.childNames.join(', ') : t('notifier.start.draftUnnamed');
        return (
          <li key={draft.id}>
            <Link to="/ny/$draftId" params={{ draftId: draft.id }} className="draft-name">
              <span className="sr-only">{t('notifier.start.draftOpen')}: </span>
              {name}
            </Link>
            <span className="muted">
              {draft.mine ? t('notifier.start.draftMine') : t('notifier.start.draftOf', { who: draft.authorTitle })}
              {'. '}
              {t('notifier.start.draftSaved', { when: when(draft.updatedAt) })}
              {'. '}
              {t('notifier.start.draftKept', { day: when(draft.keptUntil, 'day') })}
            </span>
          </li>
        );
      })}
    </ul>
  );
};
