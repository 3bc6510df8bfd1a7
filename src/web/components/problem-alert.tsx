import { useTranslation } from 'react-i18next';
import { type Problem, problemOf } from '../problem.ts';
import { Alert } from './alert.tsx';
import { useText } from './language.ts';
import { PageTitle } from './page-title.tsx';

const useProblemText = (): ((problem: Problem) => string) => {
  const { t } = useTranslation();
  const text = useText();
  return (problem) => (problem.reason ? text(problem.reason) : t(`common.errors.${problem.code}`));
};

/** What went wrong with an act, in the server's own words where it gave some. */
export const ProblemAlert = ({ problem }: { readonly problem: Problem | null }) => {
  const say = useProblemText();
  return problem ? (
    <Alert tone="error" live>
      <p>{say(problem)}</p>
    </Alert>
  ) : null;
};

type FailedProps = { readonly error: unknown; readonly retry: () => unknown };

/** A page or part that could not be read. */
export const Failed = ({ error, retry }: FailedProps) => {
  const { t } = useTranslation();
  const say = useProblemText();
  const problem = problemOf(error);
  return (
    <Alert tone="error" live>
      <p>{say(problem)}</p>
      {problem.code === 'OFFLINE' || problem.code === 'INTERNAL' ? (
        <button type="button" className="button button-secondary" onClick={() => retry()}>
          {t('common.retry')}
        </button>
      ) : null}
    </Alert>
  );
};

/** The same where nothing else stands on the page. */
export const FailedPage = (props: FailedProps) => {
  const { t } = useTranslation();
  const { code } = problemOf(props.error);
  return (
    <>
      <PageTitle title={t(code === 'NOT_FOUND' ? 'common.notFound.title' : 'common.crash.title')} />
      <Failed {...props} />
    </>
  );
};

export const Loading = () => {
  const { t } = useTranslation();
  return (
    <p className="loading" role="status">
      {t('common.loading')}
    </p>
  );
};
