import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { closingDayOn, holidayName } from '#domain/calendar.ts';
import { holidayOn } from '#domain/regulation-words.ts';
import { calendarFrom } from '#domain/regulations.ts';
import { instant, localDay, T } from '#domain/time.ts';
import { type Outputs, trpc } from '../api.ts';
import { useText, useWhen } from '../components/language.ts';
import { type Column, ListTable } from '../components/list-table.tsx';
import { Failed, Loading } from '../components/problem-alert.tsx';
import { DateField } from '../form/date-field.tsx';
import { SelectField, TextField } from '../form/fields.tsx';
import { useNow } from '../session.tsx';
import { ChooseForm } from '../setup/choose-form.tsx';
import { ApplyToOpen, FromField, ProposeForm, SourceField } from '../setup/propose-form.tsx';
import { dayOf, numberOf } from '../setup/read.ts';
import { SetupHead } from '../setup/tabs.tsx';

type Regulations = Outputs['setup']['regulations']['document'];
type Day = {
  readonly id: string;
  readonly name: string;
  readonly kind: 'holiday' | 'closing';
  readonly source: string;
};

const useDays = (regulations: Regulations, year: number): Day[] => {
  const text = useText();
  const calendar = calendarFrom(regulations);
  const first = new T.PlainDate(year, 1, 1);
  return Array.from({ length: first.daysInYear }, (_, n) => first.add({ days: n })).flatMap((day): Day[] => {
    const id = day.toString();
    const holiday = holidayName(calendar, day);
    if (holiday) {
      const source = regulations.holidays.find((rule) => rule.id === holiday.id)?.source ?? '';
      return [{ id, name: text(holiday), kind: 'holiday', source }];
    }
    const closing = closingDayOn(calendar, day);
    return closing ? [{ id, name: text(closing), kind: 'closing', source: closing.source }] : [];
  });
};

const Year = ({ regulations }: { readonly regulations: Regulations }) => {
  const { t } = useTranslation();
  const when = useWhen();
  const [year, setYear] = useState(localDay(instant(useNow())).year);
  const days = useDays(regulations, year);
  const columns: Column<Day>[] = [
    {
      key: 'day',
      header: t('setup.calendar.day'),
      cell: ({ id }) => when(`${id}T12:00:00Z`, 'short'),
      sorted: 'ascending',
    },
    { key: 'name', header: t('setup.calendar.name'), cell: ({ name }) => <strong>{name}</strong> },
    { key: 'kind', header: t('setup.calendar.kind'), cell: ({ kind }) => t(`setup.calendar.${kind}`) },
    { key: 'source', header: t('setup.fields.source'), cell: ({ source }) => <span className="muted">{source}</span> },
  ];
  return (
    <section aria-labelledby="year">
      <h2 id="year">{t('setup.calendar.year', { year })}</h2>
      <p className="setup-years">
        <button type="button" className="button button-secondary" onClick={() => setYear(year - 1)}>
          ← {year - 1}
        </button>{' '}
        <button type="button" className="button button-secondary" onClick={() => setYear(year + 1)}>
          {year + 1} →
        </button>
      </p>
      <ListTable items={days} columns={columns} caption={t('setup.calendar.year', { year })} />
    </section>
  );
};

const ClosingDay = () => {
  const { t } = useTranslation();
  return (
    <ProposeForm
      defaults={{ note: '', change: { on: '', da: '', en: '', from: '', until: '', source: '', applyToOpen: false } }}
      change={({ change }) => ({
        ...change,
        what: 'closing-day',
        on: change.on.trim(),
        from: dayOf(change.from),
        until: change.until === '' ? null : dayOf(change.until),
      })}
    >
      <TextField path="change.on" label={t('setup.calendar.on')} hint={t('setup.calendar.onHint')} width="medium" />
      <TextField path="change.da" label={t('setup.calendar.da')} width="medium" />
      <TextField path="change.en" label={t('setup.calendar.en')} width="medium" />
      <FromField />
      <DateField path="change.until" label={t('setup.calendar.until')} optional />
      <SourceField />
      <ApplyToOpen />
    </ProposeForm>
  );
};

const EndClosingDay = ({ regulations }: { readonly regulations: Regulations }) => {
  const { t } = useTranslation();
  const text = useText();
  const options = regulations.closingDays
    .filter(({ until }) => until === null)
    .map((day) => ({ value: day.on, label: `${day.on} ${text(day)}` }));
  return (
    <ProposeForm
      defaults={{ note: '', change: { on: '', until: '', source: '', applyToOpen: false } }}
      change={({ change }) => ({ ...change, what: 'end-closing-day', until: dayOf(change.until) })}
    >
      <SelectField path="change.on" label={t('setup.calendar.closing')} options={options} />
      <DateField path="change.until" label={t('setup.calendar.endsOn')} hint={t('setup.fields.fromHint')} />
      <SourceField />
      <ApplyToOpen />
    </ProposeForm>
  );
};

const Holiday = () => {
  const { t } = useTranslation();
  return (
    <ProposeForm
      defaults={{
        note: '',
        change: { da: '', en: '', fixed: '', easter: '', from: '', source: '', applyToOpen: false },
      }}
      change={({ change: { fixed, easter, from, ...rest } }) => ({
        ...rest,
        what: 'holiday',
        on: easter.trim() === '' ? { fixed: fixed.trim() } : { easter: numberOf(easter) },
        from: numberOf(from),
      })}
    >
      <TextField path="change.da" label={t('setup.calendar.da')} width="medium" />
      <TextField path="change.en" label={t('setup.calendar.en')} width="medium" />
      <TextField
        path="change.fixed"
        label={t('setup.calendar.fixed')}
        hint={t('setup.calendar.fixedHint')}
        width="short"
      />
      <TextField path="change.easter" label={t('setup.calendar.easter')} optional width="short" />
      <TextField path="change.from" label={t('setup.calendar.fromYear')} width="short" inputMode="numeric" />
      <SourceField />
      <ApplyToOpen />
    </ProposeForm>
  );
};

const EndHoliday = ({ regulations }: { readonly regulations: Regulations }) => {
  const { t } = useTranslation();
  const text = useText();
  const options = regulations.holidays
    .filter(({ until }) => until === null)
    .map((day) => ({ value: day.id, label: `${text(day)} (${text(holidayOn(day.on))})` }));
  return (
    <ProposeForm
      defaults={{ note: '', change: { id: '', until: '', source: '', applyToOpen: false } }}
      change={({ change }) => ({ ...change, what: 'end-holiday', until: numberOf(change.until) })}
    >
      <SelectField path="change.id" label={t('setup.calendar.holiday')} options={options} />
      <TextField path="change.until" label={t('setup.calendar.untilYear')} width="short" inputMode="numeric" />
      <SourceField />
      <ApplyToOpen />
    </ProposeForm>
  );
};

const Propose = ({ regulations }: { readonly regulations: Regulations }) => (
  <ChooseForm
    forms={{
      'closing-day': () => <ClosingDay />,
      'end-closing-day': () => <EndClosingDay regulations={regulations} />,
      holiday: () => <Holiday />,
      'end-holiday': () => <EndHoliday regulations={regulations} />,
    }}
  />
);

/** *Kalender*: helligdage and closing days, year by year. */
export const SetupCalendarPage = () => {
  const regulations = useQuery(trpc.setup.regulations.queryOptions());
  return (
    <>
      <SetupHead part="calendar" />
      {regulations.error ? <Failed error={regulations.error} retry={regulations.refetch} /> : null}
      {regulations.isPending ? <Loading /> : null}
      {regulations.data ? (
        <>
          <Year regulations={regulations.data.document} />
          <Propose regulations={regulations.data.document} />
        </>
      ) : null}
    </>
  );
};
