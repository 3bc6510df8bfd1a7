import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { trpc } from '../api.ts';
import { PageTitle } from '../components/page-title.tsx';
import { Failed, Loading } from '../components/problem-alert.tsx';
import { DryRun } from '../setup/dry-run.tsx';
import { type Change, ShownChange } from '../setup/shown-change.tsx';
import { useChangeWords } from '../setup/use-change-words.ts';

const Shown = ({ item, again }: { readonly item: Change; readonly again: () => unknown }) => {
  const { t } = useTranslation();
  const words = useChangeWords();
  const moving = item.dryRun?.moves.filter(({ moves }) => moves).length ?? 0;
  return (
    <ShownChange
      item={item}
      via="setup"
      again={again}
      words={words(item.change)}
      told={t('setup.change.told', { count: moving })}
    >
      {item.dryRun ? <DryRun run={item.dryRun} /> : null}
    </ShownChange>
  );
};

/** One proposed change: what it says, which clocks it moves, and the second person's answer. */
export const SetupChangePage = () => {
  const { t } = useTranslation();
  const { changeId } = useParams({ from: '/gate/opsaetning/aendringer/$changeId' });
  const change = useQuery(trpc.setup.change.queryOptions({ id: changeId }));
  return (
    <>
      <PageTitle title={t('setup.change.title')} />
      <p>
        <Link to="/opsaetning/aendringer">{t('setup.change.back')}</Link>
      </p>
      {change.error ? <Failed error={change.error} retry={change.refetch} /> : null}
      {change.isPending ? <Loading /> : null}
      {change.data ? <Shown item={change.data} again={change.refetch} /> : null}
    </>
  );
};
