import { useTranslation } from 'react-i18next';
import type { Outputs } from '../api.ts';
import { Alert } from '../components/alert.tsx';
import { Badge } from '../components/badge.tsx';
import { type Column, ListTable } from '../components/list-table.tsx';

type Run = NonNullable<NonNullable<Outputs['people']['change']['dryRun']>['person']>;
type Props = { readonly run: Run };

const names = (people: readonly { readonly title: string }[]): string => people.map(({ title }) => title).join(', ');

const Held = ({ heading, roles }: { readonly heading: string; readonly roles: Run['before'] }) => {
  const { t } = useTranslation();
  return (
    <div>
      <dt>{heading}</dt>
      <dd>
        {roles.length === 0
          ? t('people.dryRun.nothing')
          : roles.map(({ role, unit }) => (
              <span className="line" key={`${role} ${unit.id}`}>
                {t(`matter.roles.${role}`)}, {unit.name}
              </span>
            ))}
      </dd>
    </div>
  );
};

const Lacks = ({ run }: Props) => {
  const { t } = useTranslation();
  if (run.lacks.length === 0) return <p>{t('people.dryRun.noLacks')}</p>;
  return (
    <Alert tone="warning" heading={t('people.dryRun.lacks')}>
      <ul>
        {run.lacks.map(({ role, unit, instead }) => (
          <li key={`${role} ${unit.id}`}>
            <strong>{t('people.dryRun.lack', { role: t(`matter.roles.${role}`), unit: unit.name })}</strong>
            <span className="line">
              {instead.length > 0
                ? t('people.dryRun.lackThen', { who: names(instead) })
                : t('people.dryRun.lackNobody')}
            </span>
          </li>
        ))}
      </ul>
    </Alert>
  );
};

const Work = ({ run: { counts } }: Props) => {
  const { t } = useTranslation();
  const kinds = (['cases', 'reassessments', 'letters', 'tasks', 'shifts'] as const).filter((kind) => counts[kind] > 0);
  if (kinds.length === 0) return null;
  return (
    <>
      <h3>{t('people.dryRun.work')}</h3>
      <ul>
        {kinds.map((kind) => (
          <li key={kind}>{t(`people.dryRun.${kind}`, { count: counts[kind] })}</li>
        ))}
      </ul>
      {counts.letters + counts.tasks > 0 ? <p>{t('people.dryRun.lettersGo')}</p> : null}
      {counts.shifts > 0 ? <p>{t('people.dryRun.shiftsStay')}</p> : null}
    </>
  );
};

const Lost = ({ run }: Props) => {
  const { t } = useTranslation();
  if (run.counts.cases === 0) return null;
  const items = run.cases.map((one) => ({ ...one, id: one.caseNumber }));
  const columns: Column<(typeof items)[number]>[] = [
    {
      key: 'case',
      header: t('people.dryRun.case'),
      cell: ({ caseNumber, acute, unit }) => (
        <>
          <strong>{caseNumber}</strong> {acute ? <Badge tone="error">{t('people.dryRun.acute')}</Badge> : null}
          <span className="line muted">{unit.name}</span>
        </>
      ),
    },
    {
      key: 'answers',
      header: t('people.dryRun.answers'),
      cell: ({ answers }) => answers?.title ?? t('people.dryRun.unitAnswers'),
      labelled: true,
    },
    {
      key: 'colleagues',
      header: t('people.dryRun.colleagues'),
      cell: ({ colleagues }) => colleagues,
      labelled: true,
      narrow: true,
    },
  ];
  return (
    <>
      <h3>{t('people.dryRun.lost')}</h3>
      {items.length === 0 ? (
        <p>{t('people.dryRun.noneLost')}</p>
      ) : (
        <ListTable items={items} columns={columns} caption={t('people.dryRun.lost')} />
      )}
    </>
  );
};

const Disputes = ({ run }: Props) => {
  const { t } = useTranslation();
  if (run.disputes.length === 0) return null;
  return (
    <>
      <h3>{t('people.dryRun.disputes')}</h3>
      <ul>
        {run.disputes.map(({ caseNumber, step, as, instead }) => (
          <li key={caseNumber}>
            <strong>{caseNumber}</strong>, {t('people.dryRun.step', { step })}: {t(`people.dryRun.${as}`)}
            <span className="line">
              {instead.length > 0
                ? t('people.dryRun.afterwards', { who: names(instead) })
                : t('people.dryRun.afterwardsNobody')}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
};

/** What a change of a person touches if it took place now. Titles, numbers and case numbers; no personal data. */
export const PersonDryRun = ({ run }: Props) => {
  const { t } = useTranslation();
  return (
    <section aria-labelledby="dry-run">
      <h2 id="dry-run">{t('people.dryRun.heading')}</h2>
      <p>{t('people.dryRun.lead')}</p>
      <dl className="setup-facts">
        <Held heading={t('people.dryRun.before')} roles={run.before} />
        <Held heading={t('people.dryRun.after')} roles={run.after} />
      </dl>
      <Lacks run={run} />
      <Work run={run} />
      <Lost run={run} />
      <Disputes run={run} />
      {run.answersFor.length > 0 ? (
        <>
          <h3>{t('people.dryRun.answersFor')}</h3>
          <p>
            {names(run.answersFor)}. {t('people.dryRun.answersForThen')}
          </p>
        </>
      ) : null}
    </section>
  );
};
