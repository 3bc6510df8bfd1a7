import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { type Outputs, trpc } from '../api.ts';
import { useDay } from '../components/language.ts';
import { type Column, ListTable } from '../components/list-table.tsx';
import { Failed, Loading } from '../components/problem-alert.tsx';
import { PlannedChanges } from '../setup/planned-changes.tsx';
import { SetupHead } from '../setup/tabs.tsx';
import { UnitForms } from '../setup/unit-forms.tsx';
import { rangesInWords } from '../setup/units-read.ts';

type All = Outputs['units']['all'];
type Unit = All['units'][number];

const Standing = ({ unit: { open, from, until, successor } }: { readonly unit: Unit }) => {
  const { t } = useTranslation();
  const day = useDay();
  if (open && !until) return null;
  const words = until
    ? t(open ? 'units.closes' : 'units.closed', { day: day(until), successor: successor ?? t('units.nobody') })
    : t('units.opens', { day: day(from ?? '') });
  return <span className="line">{words}</span>;
};

const List = ({ units }: { readonly units: readonly Unit[] }) => {
  const { t } = useTranslation();
  const columns: Column<Unit>[] = [
    {
      key: 'unit',
      header: t('units.unit'),
      cell: (unit) => (
        <>
          <strong>{unit.name}</strong> <Standing unit={unit} />
          <span className="line muted">{unit.department}</span>
        </>
      ),
    },
    {
      key: 'owns',
      header: t('units.owns'),
      cell: ({ mayOwn }) => mayOwn.map((matter) => t(`units.matters.${matter}`)).join(', ') || t('units.nothing'),
      labelled: true,
    },
    {
      key: 'area',
      header: t('units.area'),
      cell: ({ postalCodes, ages }) =>
        [rangesInWords(postalCodes), ages ? t('units.ages', { from: ages[0], to: ages[1] }) : '']
          .filter((part) => part !== '')
          .join('; ') || '–',
      labelled: true,
    },
    { key: 'people', header: t('units.people'), cell: ({ people }) => people.length, labelled: true, narrow: true },
  ];
  return <ListTable items={units} columns={columns} caption={t('setup.tabs.units')} />;
};

/** *Enheder*: every unit, what is planned, and what can be proposed: to open, close, merge or split on a day. */
export const SetupUnitsPage = () => {
  const { t } = useTranslation();
  const { data, error, isPending, refetch } = useQuery(trpc.units.all.queryOptions());
  return (
    <>
      <SetupHead part="units" />
      {error ? <Failed error={error} retry={refetch} /> : null}
      {isPending ? <Loading /> : null}
      {data ? (
        <>
          <PlannedChanges planned={data.planned} to="/opsaetning/enheder/$changeId" title={t('units.planned')} />
          <UnitForms units={data.units} />
          <h2>{t('units.all')}</h2>
          <List units={data.units} />
        </>
      ) : null}
    </>
  );
};
