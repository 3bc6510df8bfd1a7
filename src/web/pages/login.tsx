import { useMutation, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { queryClient } from '../api.ts';
import { Alert } from '../components/alert.tsx';
import { PageTitle } from '../components/page-title.tsx';
import { Failed, Loading } from '../components/problem-alert.tsx';
import { loginAddress, sessionQuery } from '../session.tsx';
import { TrainingError, type TrainingPerson, training } from '../training.ts';

const SUGGESTED = [
  { id: 'school-social-worker-skole-norrebro', why: 'suggestSchool' },
  { id: 'intake-bbu-norrebro', why: 'suggestIntake' },
  { id: 'duty-officer-dognvagten', why: 'suggestDuty' },
] as const;

const matches = (person: TrainingPerson, wanted: string): boolean =>
  wanted
    .toLowerCase()
    .split(/\s+/)
    .every((word) => `${person.title} ${person.unitName} ${person.id}`.toLowerCase().includes(word));

const byUnit = (people: readonly TrainingPerson[]): readonly [string, readonly TrainingPerson[]][] => [
  ...Map.groupBy(people, ({ unitName }) => unitName),
];

type PickProps = { readonly person: TrainingPerson; readonly pick: (id: string) => void; readonly note?: string };
const Pick = ({ person, pick, note }: PickProps) => (
  <li>
    <button type="button" className="person-button" onClick={() => pick(person.id)}>
      <span className="person-name">{person.title}</span>
      {note ? <span className="muted">{note}</span> : null}
    </button>
  </li>
);

type PeopleProps = { readonly people: readonly TrainingPerson[]; readonly pick: (id: string) => void };
const People = ({ people, pick }: PeopleProps) => {
  const { t } = useTranslation();
  const [wanted, setWanted] = useState('');
  const found = people.filter((person) => matches(person, wanted));
  const suggested = SUGGESTED.flatMap(({ id, why }) => {
    const person = people.find((one) => one.id === id);
    return person ? [{ person, note: t(`training.login.${why}`) }] : [];
  });
  return (
    <>
      <h2>{t('training.login.suggested')}</h2>
      <ul className="person-list person-suggested nobullet-list no-max-width">
        {suggested.map(({ person, note }) => (
          <Pick key={person.id} person={person} pick={pick} note={note} />
        ))}
      </ul>
      <div className="form-group">
        <label className="form-label" htmlFor="person-search">
          {t('training.login.search')}
        </label>
        <input
          className="form-input"
          id="person-search"
          autoComplete="off"
          value={wanted}
          onChange={(event) => setWanted(event.target.value)}
        />
      </div>
      <p role="status" className="muted">
        {found.length === 0 ? t('training.login.none') : t('training.login.found', { count: found.length })}
      </p>
      {byUnit(found).map(([unit, members]) => (
        <section key={unit} className="person-unit">
          <h2>{unit}</h2>
          <ul className="person-list nobullet-list no-max-width">
            {members.map((person) => (
              <Pick key={person.id} person={person} pick={pick} />
            ))}
          </ul>
        </section>
      ))}
    </>
  );
};

/** In training everyone may be anyone; elsewhere the municipality's own login stands before this page. */
export const LoginPage = () => {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { til, fejl } = useSearch({ from: '/log-ind' });
  const people = useQuery({ queryKey: ['training', 'people'], queryFn: training.people, retry: false });
  const login = useMutation({
    mutationFn: training.login,
    onSuccess: async () => {
      queryClient.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'training' });
      await queryClient.fetchQuery(sessionQuery);
      await navigate({ href: til ?? '/' });
    },
  });
  const noTraining = people.error instanceof TrainingError && people.error.status === 404;
  return (
    <div className="narrow">
      <PageTitle title={t('training.login.title')} />
      {fejl ? (
        <Alert tone="error" heading={t('login.failed.heading')}>
          <p>{t(`login.failed.${fejl}`)}</p>
        </Alert>
      ) : null}
      {noTraining ? (
        <>
          <p className="lead">{t('login.real.lead')}</p>
          <a className="button button-primary" href={loginAddress(til ?? '/', fejl === 'svagt')}>
            {t('login.real.submit')}
          </a>
        </>
      ) : null}
      <p>
        {t('door.loginText')} <Link to="/underret">{t('door.link')}</Link>
      </p>
      {people.error && !noTraining ? <Failed error={people.error} retry={people.refetch} /> : null}
      {people.isPending ? <Loading /> : null}
      {login.error ? (
        <Alert tone="error" live>
          <p>{t('common.errors.INTERNAL')}</p>
        </Alert>
      ) : null}
      {people.data ? (
        <>
          <p className="lead">{t('training.login.lead')}</p>
          <People people={people.data} pick={(id) => login.mutate(id)} />
          <h2>{t('login.real.training')}</h2>
          <p>{t('login.real.trainingText')}</p>
          <a className="button button-secondary" href={loginAddress(til ?? '/')}>
            {t('login.real.submit')}
          </a>
        </>
      ) : null}
    </div>
  );
};
