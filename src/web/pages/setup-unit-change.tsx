import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { trpc } from '../api.ts';
import { PageTitle } from '../components/page-title.tsx';
import { Failed, Loading } from '../components/problem-alert.tsx';
import { type Change, ShownChange } from '../setup/shown-change.tsx';
import { UnitsDryRun } from '../setup/units-dry-run.tsx';
import { UnitsFollowed } from '../setup/units-followed.tsx';
import { useChangeWords } from '../setup/use-change-words.ts';

const Shown = ({ item, again }: { readonly item: Change; readonly again: () => unknown }) => {
  const { t } = useTranslation();
  const words = useChangeWords();
  const run = item.dryRun?.units;
  return (
    <ShownChange item={item} via="units" again={again} words={words(item.change)} told={t('setup.change.toldUnits')}>
      {item.followed ? <UnitsFollowed followed={item.followed} /> : null}
      {run ? <UnitsDryRun run={run} /> : null}
    </ShownChange>
  );
};

/** One change of units: what goes along, the second person's answer, and what has followed. */
export const SetupUnitChangePage = () => {
  const { t } = useTranslation();
  const { changeId } = useParams({ from: '/gate/opsaetning/enheder/$changeId' });
  const change = useQuery(trpc.units.change.queryOptions({ id: changeId }));
  return (
    <>
      <PageTitle title={t('setup.change.title')} />
      <p>
        <Link to="/opsaetning/enheder">{t('units.all')}</Link>
      </p>
      {change.error ? <Failed error={change.error} retry={change.refetch} /> : null}
      {change.isPending ? <Loading /> : null}
      {change.data ? <Shown item={change.data} again={change.refetch} /> : null}
    </>
  );
};
