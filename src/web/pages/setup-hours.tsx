import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { instant, localDay } from '#domain/time.ts';
import { type Outputs, trpc } from '../api.ts';
import { useDay } from '../components/language.ts';
import { type Column, ListTable } from '../components/list-table.tsx';
import { Failed, Loading } from '../components/problem-alert.tsx';
import { DateField } from '../form/date-field.tsx';
import { CheckGroups, SelectField, TextField } from '../form/fields.tsx';
import { useNow } from '../session.tsx';
import { ProposeForm, SourceField } from '../setup/propose-form.tsx';
import { dayOf, periodsOf } from '../setup/read.ts';
import { SetupHead } from '../setup/tabs.tsx';

type Regulations = Outputs['setup']['regulations'];
type Unit = Regulations['units'][number];
type Exception = Regulations['document']['exceptions'][number];
type Props = { readonly regulations: Regulations };

const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
const spans = (periods: readonly { from: string; to: string }[]): string =>
  periods.map(({ from, to }) => `${from}–${to}`).join(', ');

/** Units that close at all, and may own a case: those whose hours matter. */
const closing = ({ units }: Regulations): readonly Unit[] =>
  units.filter(({ hours, mayOwn }) => hours !== 'always' && mayOwn.length > 0);

const Week = ({ unit }: { readonly unit: Unit }) => {
  const { t } = useTranslation();
  if (unit.hours === 'always') return t('setup.hours.always');
  const { hours } = unit;
  return WEEKDAYS.flatMap((weekday, at) => {
    const periods = hours[at + 1] ?? [];
    return periods.length === 0 ? [] : [`${t(`setup.weekdays.${weekday}`)} ${spans(periods)}`];
  }).join(' · ');
};

const Exceptions = ({ regulations }: Props) => {
  const { t } = useTranslation();
  const day = useDay();
  const today = localDay(instant(useNow())).toString();
  const names = new Map(regulations.units.map(({ id, name }) => [id, name]));
  const rows = regulations.document.exceptions
    .filter(({ to }) => to >= today)
    .toSorted((a, b) => (a.from < b.from ? -1 : 1));
  if (rows.length === 0) return <p className="empty">{t('setup.hours.noExceptions')}</p>;
  const columns: Column<Exception>[] = [
    {
      key: 'days',
      header: t('setup.hours.days'),
      cell: ({ from, to }) => (from === to ? day(from) : `${day(from)} – ${day(to)}`),
      sorted: 'ascending',
    },
    {
      key: 'units',
      header: t('setup.hours.units'),
      cell: ({ units }) => <strong>{units.map((id) => names.get(id) ?? id).join(', ')}</strong>,
    },
    {
      key: 'open',
      header: t('setup.hours.open'),
      cell: ({ periods }) => (periods.length === 0 ? t('setup.hours.closed') : spans(periods)),
    },
    {
      key: 'why',
      header: t('setup.hours.why'),
      cell: ({ reason, source }) => (
        <>
          {reason}
          <span className="line muted">{source}</span>
        </>
      ),
    },
  ];
  return <ListTable items={rows} columns={columns} caption={t('setup.hours.exceptions')} />;
};

const NewException = ({ regulations }: Props) => {
  const { t } = useTranslation();
  const options = closing(regulations).map(({ id, name }) => ({ value: id, label: name }));
  return (
    <ProposeForm
      defaults={{ note: '', change: { units: [] as string[], from: '', to: '', periods: '', reason: '', source: '' } }}
      change={({ change }) => ({
        ...change,
        what: 'opening-exception',
        from: dayOf(change.from),
        to: change.to === '' ? dayOf(change.from) : dayOf(change.to),
        periods: periodsOf(change.periods),
      })}
    >
      <DateField path="change.from" label={t('setup.hours.first')} hint={t('setup.hours.firstHint')} />
      <DateField path="change.to" label={t('setup.hours.last')} hint={t('setup.hours.lastHint')} optional />
      <TextField
        path="change.periods"
        label={t('setup.hours.periods')}
        hint={t('setup.hours.periodsHint')}
        width="medium"
        optional
      />
      <TextField path="change.reason" label={t('setup.hours.why')} />
      <SourceField />
      <CheckGroups
        path="change.units"
        label={t('setup.hours.units')}
        groups={[{ label: t('setup.hours.which'), options }]}
      />
    </ProposeForm>
  );
};

const EndException = ({ regulations }: Props) => {
  const { t } = useTranslation();
  const day = useDay();
  const today = localDay(instant(useNow())).toString();
  const running = regulations.document.exceptions.filter(({ to }) => to > today);
  if (running.length === 0) return null;
  return (
    <>
      <h3>{t('setup.what.end-exception')}</h3>
      <ProposeForm
        defaults={{ note: '', change: { id: '', to: '', source: '' } }}
        change={({ change }) => ({ ...change, what: 'end-exception', to: dayOf(change.to) })}
      >
        <SelectField
          path="change.id"
          label={t('setup.hours.exceptions')}
          options={running.map(({ id, from, to, reason }) => ({
            value: id,
            label: `${day(from)} – ${day(to)}: ${reason}`,
          }))}
        />
        <DateField path="change.to" label={t('setup.hours.endsWith')} hint={t('setup.hours.endsWithHint')} />
        <SourceField />
      </ProposeForm>
    </>
  );
};

const Hours = ({ regulations }: Props) => {
  const { t } = useTranslation();
  const columns: Column<Unit>[] = [
    { key: 'unit', header: t('setup.hours.unit'), cell: ({ name }) => <strong>{name}</strong> },
    { key: 'week', header: t('setup.hours.week'), cell: (unit) => <Week unit={unit} /> },
  ];
  const units = regulations.units.filter(({ mayOwn }) => mayOwn.length > 0);
  return (
    <>
      <h2>{t('setup.hours.exceptions')}</h2>
      <Exceptions regulations={regulations} />
      <h2>{t('setup.hours.weeks')}</h2>
      <p className="muted">{t('setup.hours.weeksFrom')}</p>
      <ListTable items={units} columns={columns} caption={t('setup.hours.weeks')} />
      <h2>{t('setup.propose.heading')}</h2>
      <h3>{t('setup.what.opening-exception')}</h3>
      <NewException regulations={regulations} />
      <EndException regulations={regulations} />
    </>
  );
};

/** *Åbningstider*: each unit's week, and the days on which it is otherwise. */
export const SetupHoursPage = () => {
  const regulations = useQuery(trpc.setup.regulations.queryOptions());
  return (
    <>
      <SetupHead part="hours" />
      {regulations.error ? <Failed error={regulations.error} retry={regulations.refetch} /> : null}
      {regulations.isPending ? <Loading /> : null}
      {regulations.data ? <Hours regulations={regulations.data} /> : null}
    </>
  );
};
