import { useTranslation } from 'react-i18next';
import type { Outputs } from '../api.ts';
import { Badge } from '../components/badge.tsx';
import { type Column, ListTable } from '../components/list-table.tsx';
import { rangesInWords } from './units-read.ts';

type Run = NonNullable<NonNullable<Outputs['setup']['change']['dryRun']>['units']>;
type Props = { readonly run: Run };
type Count = Run['counts'][number];

const Counts = ({ run }: Props) => {
  const { t } = useTranslation();
  const column = (key: 'owned' | 'assessing' | 'tasks' | 'drafts' | 'shifts'): Column<Count> => ({
    key,
    header: t(`units.dryRun.${key}`),
    cell: (count) => count[key],
    labelled: true,
    narrow: true,
  });
  const columns: Column<Count>[] = [
    { key: 'unit', header: t('units.dryRun.unit'), cell: ({ name }) => <strong>{name}</strong> },
    ...(['owned', 'assessing', 'tasks', 'drafts', 'shifts'] as const).map(column),
  ];
  return run.counts.length > 0 ? (
    <ListTable items={run.counts} columns={columns} caption={t('units.dryRun.heading')} />
  ) : (
    <p className="empty">{t('units.dryRun.nothing')}</p>
  );
};

const Matters = ({ run }: Props) => {
  const { t } = useTranslation();
  if (run.matters.length === 0) return <p>{t('units.dryRun.noMatters')}</p>;
  const items = run.matters.map((one) => ({ ...one, id: `${one.caseNumber} ${one.what}` }));
  const columns: Column<(typeof items)[number]>[] = [
    {
      key: 'case',
      header: t('setup.dryRun.case'),
      cell: ({ caseNumber, what }) => (
        <>
          <strong>{caseNumber}</strong>
          <span className="line muted">{t(`units.dryRun.${what}`)}</span>
        </>
      ),
    },
    { key: 'sides', header: t('units.dryRun.sides'), cell: ({ units }) => units.map(({ name }) => name).join(' · ') },
    {
      key: 'then',
      header: t('units.dryRun.onDay'),
      cell: ({ ends }) => (
        <Badge tone={ends ? 'warning' : 'info'}>{t(ends ? 'units.dryRun.ends' : 'units.dryRun.follows')}</Badge>
      ),
    },
  ];
  return <ListTable items={items} columns={columns} caption={t('units.dryRun.matters')} />;
};

const Rules = ({ run }: Props) => {
  const { t } = useTranslation();
  const years = (ages: readonly [number, number] | null) =>
    ages ? t('units.ages', { from: ages[0], to: ages[1] }) : t('units.anyAge');
  return (
    <ul>
      {run.areas.map(({ unit, postalCodes, ages }) => (
        <li key={unit.id}>
          <strong>{unit.name}</strong>: {rangesInWords(postalCodes) || t('units.noCodes')}; {years(ages)}
        </li>
      ))}
      {run.rules.map(({ id, need, to }) => (
        <li key={id}>
          {run.parts && !to
            ? t('units.dryRun.ruleByPart', { need, main: run.into?.name ?? '' })
            : t('units.dryRun.ruleOf', { need, into: (to ?? run.into)?.name ?? '' })}
        </li>
      ))}
      {run.below.map(({ id, name }) => (
        <li key={id}>{t('units.dryRun.below', { name, into: run.into?.name ?? '' })}</li>
      ))}
    </ul>
  );
};

const Parts = ({ run }: Props) => {
  const { t } = useTranslation();
  const { parts } = run;
  if (!parts) return null;
  return (
    <>
      <h3>{t('units.dryRun.parts')}</h3>
      <p>{t('units.dryRun.counted', { count: parts.counted })}</p>
      <ul>
        {parts.rows.map(({ unit, count }) => (
          <li key={unit?.id ?? ''}>
            {unit ? unit.name : t('units.dryRun.undecided', { main: run.into?.name ?? '' })}: <strong>{count}</strong>
          </li>
        ))}
      </ul>
    </>
  );
};

/** What a change of units would take along if it took place now. Numbers and case numbers; no personal data. */
export const UnitsDryRun = ({ run }: Props) => {
  const { t } = useTranslation();
  return (
    <section aria-labelledby="dry-run">
      <h2 id="dry-run">{t('units.dryRun.heading')}</h2>
      <p>{t('units.dryRun.lead')}</p>
      <Counts run={run} />
      <Parts run={run} />
      {run.closing.length > 0 ? (
        <>
          <h3>{t('units.dryRun.matters')}</h3>
          <Matters run={run} />
        </>
      ) : null}
      <h3>{t('units.dryRun.rules')}</h3>
      <Rules run={run} />
      {run.people.length > 0 ? (
        <details>
          <summary>{t('units.dryRun.people', { count: run.people.length })}</summary>
          <ul>
            {run.people.map(({ id, title, to }) => (
              <li key={id}>
                {title} <span aria-hidden="true">→</span> {to.name}
              </li>
            ))}
          </ul>
        </details>
      ) : null}
    </section>
  );
};
