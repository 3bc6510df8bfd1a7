import { Link, useNavigate } from '@tanstack/react-router';
import { type FormEvent, type RefObject, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client, type Outputs } from '../api.ts';
import { ProblemAlert } from '../components/problem-alert.tsx';
import { type Problem, problemOf } from '../problem.ts';
import { Emergency } from './emergency.tsx';

type Found = Outputs['referrals']['search'];

/** By whole CPR or case number. What is searched for goes in the body of the request, never into the address. */
export const Search = ({ input }: { readonly input: RefObject<HTMLInputElement | null> }) => {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [found, setFound] = useState<Found | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  /** What was looked for, while one is still here: another unit may have a case of it. */
  const [sought, setSought] = useState<string | null>(null);
  const [pressed, setPressed] = useState(false);

  const show = async (hits: Found) => {
    setFound(hits);
    const [only] = hits;
    if (only && hits.length === 1) await navigate({ to: '/sag/$referralId', params: { referralId: only.id } });
  };
  const search = async (text: string) => {
    try {
      const answer = await client.referrals.search.query({ text });
      setProblem(null);
      setPressed(false);
      setSought(answer.length === 1 ? null : text);
      await show(answer);
    } catch (error) {
      setProblem(problemOf(error));
    }
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const text = input.current?.value.trim() ?? '';
    if (text !== '') void search(text);
  };
  return (
    <search className="list-search d-print-none">
      <form onSubmit={submit}>
        <label className="form-label" htmlFor="list-search">
          {t('worklist.searchLabel')}
        </label>
        <div className="list-search-row">
          <input
            className="form-input"
            id="list-search"
            ref={input}
            autoComplete="off"
            aria-describedby="search-note"
          />
          <button type="submit" className="button button-secondary">
            {t('worklist.search')}
          </button>
        </div>
        <p className="muted" id="search-note">
          {t('worklist.searchLogged')}
        </p>
      </form>
      <ProblemAlert problem={problem} />
      <div role="status">
        {found?.length === 0 ? <p>{t(pressed ? 'emergency.none' : 'worklist.searchNone')}</p> : null}
        {found && found.length > 0 ? (
          <>
            <p>{t('worklist.searchFound', { count: found.length })}</p>
            <ul>
              {found.map(({ id, caseNumber }) => (
                <li key={id}>
                  <Link to="/sag/$referralId" params={{ referralId: id }}>
                    {caseNumber}
                  </Link>
                </li>
              ))}
            </ul>
          </>
        ) : null}
      </div>
      {sought !== null && !pressed ? (
        <Emergency
          key={sought}
          text={sought}
          opened={(hits) => {
            setPressed(true);
            void show(hits);
          }}
        />
      ) : null}
    </search>
  );
};
