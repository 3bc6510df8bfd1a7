import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { trpc } from '../api.ts';
import { Alert } from '../components/alert.tsx';
import { useWhen } from '../components/language.ts';
import { PageTitle } from '../components/page-title.tsx';
import { Failed, Loading } from '../components/problem-alert.tsx';
import { PersonDryRun } from '../setup/person-dry-run.tsx';
import { type Change, ShownChange } from '../setup/shown-change.tsx';
import { useChangeWords } from '../setup/use-change-words.ts';

/** Whether its day has come. */
const Followed = ({ followed }: { readonly followed: NonNullable<Change['followed']> }) => {
  const { t } = useTranslation();
  const when = useWhen();
  const { state, dueAt } = followed;
  const key = state === 'planned' || state === 'lapsed' ? state : 'done';
  return (
    <Alert tone={key === 'lapsed' ? 'warning' : 'info'}>
      <p>{t(`people.states.${key}`, { when: when(dueAt, 'full') })}</p>
    </Alert>
  );
};

const Shown = ({ item, again }: { readonly item: Change; readonly again: () => unknown }) => {
  const { t } = useTranslation();
  const words = useChangeWords();
  const run = item.dryRun?.person;
  return (
    <ShownChange
      item={item}
      via="people"
      again={again}
      words={words(item.change)}
      told={t('people.toldAlone')}
      alone={run?.alone}
    >
      {run && !run.alone ? <p>{t('people.toldTwo')}</p> : null}
      {item.followed ? <Followed followed={item.followed} /> : null}
      {run ? <PersonDryRun run={run} /> : null}
    </ShownChange>
  );
};

/** One change of a person: what it touches, the answer, and whether its day has come. */
export const SetupPersonChangePage = () => {
  const { t } = useTranslation();
  const { changeId } = useParams({ from: '/gate/opsaetning/medarbejdere/$changeId' });
  const change = useQuery(trpc.people.change.queryOptions({ id: changeId }));
  return (
    <>
      <PageTitle title={t('setup.change.title')} />
      <p>
        <Link to="/opsaetning/medarbejdere">{t('people.all')}</Link>
      </p>
      {change.error ? <Failed error={change.error} retry={change.refetch} /> : null}
      {change.isPending ? <Loading /> : null}
      {change.data ? <Shown item={change.data} again={change.refetch} /> : null}
    </>
  );
};
