import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { FormProvider, useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { type Outputs, trpc } from '../api.ts';
import { Badge } from '../components/badge.tsx';
import { useDay } from '../components/language.ts';
import { type Column, ListTable } from '../components/list-table.tsx';
import { Failed, Loading } from '../components/problem-alert.tsx';
import { DateField } from '../form/date-field.tsx';
import { SelectField } from '../form/fields.tsx';
import { PersonForms } from '../setup/person-forms.tsx';
import { PlannedChanges } from '../setup/planned-changes.tsx';
import { dayOf } from '../setup/read.ts';
import { SetupHead } from '../setup/tabs.tsx';

type All = Outputs['people']['all'];
type Person = All['people'][number];
const NOW = { on: '', unit: '' };

const Roles = ({ roles, unit }: Person) => {
  const { t } = useTranslation();
  const day = useDay();
  return roles.map(({ role, unit: at, from, until }) => (
    <span className="line" key={`${role} ${at.id} ${from}`}>
      {t(`matter.roles.${role}`)}
      {at.id === unit.id ? null : `, ${at.name}`}{' '}
      <span className="muted">
        {[from && t('people.since', { day: day(from) }), until && t('people.until', { day: day(until) })]
          .filter(Boolean)
          .join(' ')}
      </span>
    </span>
  ));
};

const List = ({ people }: Pick<All, 'people'>) => {
  const { t } = useTranslation();
  const day = useDay();
  const columns: Column<Person>[] = [
    {
      key: 'who',
      header: t('people.who'),
      cell: ({ title, unit, until }) => (
        <>
          <strong>{title}</strong>
          <span className="line muted">{unit.name}</span>
          {until ? <Badge tone="warning">{t('people.leaves', { day: day(until) })}</Badge> : null}
        </>
      ),
    },
    { key: 'roles', header: t('people.roles'), cell: (person) => <Roles {...person} /> },
    {
      key: 'substitute',
      header: t('people.substitute'),
      cell: ({ substitute }) => substitute ?? t('people.noSubstitute'),
      labelled: true,
    },
  ];
  return <ListTable items={people} columns={columns} caption={t('people.all')} />;
};

type Asked = typeof NOW;
const Filter = ({ units, asked }: Pick<All, 'units'> & { readonly asked: (values: Asked) => void }) => {
  const { t } = useTranslation();
  const form = useForm({ defaultValues: NOW });
  const ask = (event: FormEvent) => {
    event.preventDefault();
    asked(form.getValues());
  };
  return (
    <FormProvider {...form}>
      <form className="search-form" aria-label={t('people.list')} onSubmit={ask}>
        <SelectField
          path="unit"
          label={t('people.unit')}
          options={units.map(({ id, name }) => ({ value: id, label: name }))}
          empty={t('people.anyUnit')}
        />
        <DateField path="on" label={t('people.on')} hint={t('people.onHint')} />
        <div className="button-group">
          <button type="submit" className="button button-secondary">
            {t('people.show')}
          </button>
        </div>
      </form>
    </FormProvider>
  );
};

const inUnit = ({ unit, roles }: Person, id: string): boolean =>
  id === '' || unit.id === id || roles.some((held) => held.unit.id === id);

/** *Medarbejdere*: who is what on any day, what is planned, and what can be proposed. */
export const SetupPeoplePage = () => {
  const { t } = useTranslation();
  const day = useDay();
  const [asked, setAsked] = useState<Asked | null>(null);
  const { on, unit } = asked ?? NOW;
  const wanted = /^\d{4}-\d{2}-\d{2}$/.test(dayOf(on)) ? dayOf(on) : null;
  const options = trpc.people.all.queryOptions({ on: wanted }, { placeholderData: keepPreviousData });
  const { data, error, isPending, refetch } = useQuery(options);
  const present = useQuery(trpc.people.all.queryOptions({ on: null }));
  const people = data?.people.filter((person) => inUnit(person, unit)) ?? [];
  return (
    <>
      <SetupHead part="people" />
      {error ? <Failed error={error} retry={refetch} /> : null}
      {isPending ? <Loading /> : null}
      {data && present.data ? (
        <>
          <PlannedChanges
            planned={present.data.planned}
            to="/opsaetning/medarbejdere/$changeId"
            title={t('people.planned')}
          />
          <PersonForms all={present.data} />
          <h2>{t('people.list')}</h2>
          <Filter units={data.units} asked={setAsked} />
          <p aria-live="polite">{asked ? t('people.count', { count: people.length, day: day(data.on) }) : null}</p>
          {asked && people.length === 0 ? <p className="empty">{t('people.nobody')}</p> : null}
          {asked && people.length > 0 ? <List people={people} /> : null}
        </>
      ) : null}
    </>
  );
};
