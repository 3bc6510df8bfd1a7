import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { atLocal, instant, isAfter, iso, T } from '#domain/time.ts';
import { client, type Outputs, trpc } from '../api.ts';
import { Alert } from '../components/alert.tsx';
import { Badge } from '../components/badge.tsx';
import { useWhen } from '../components/language.ts';
import { type Column, ListTable } from '../components/list-table.tsx';
import { Failed, Loading, ProblemAlert } from '../components/problem-alert.tsx';
import { ActForm } from '../form/act-form.tsx';
import { DateField, wholeDay } from '../form/date-field.tsx';
import { SelectField, TextField } from '../form/fields.tsx';
import { refusalsBy, useRefusals } from '../form/use-refusals.ts';
import { useNow } from '../session.tsx';
import { timeOf } from '../setup/read.ts';
import { SetupHead } from '../setup/tabs.tsx';
import { useAct } from '../use-act.ts';

type Rota = Outputs['setup']['rota'];
type Shift = Rota['shifts'][number];
type Unit = Rota['units'][number];
type Said = { readonly said: (message: string) => void };

const Shifts = ({ shifts, said }: { readonly shifts: readonly Shift[] } & Said) => {
  const { t } = useTranslation();
  const when = useWhen();
  const now = instant(useNow());
  const remove = useAct(client.setup.removeShift, { done: () => said(t('setup.rota.removed')) });
  if (shifts.length === 0) return <p className="empty">{t('setup.rota.none')}</p>;
  const columns: Column<Shift>[] = [
    {
      key: 'when',
      header: t('setup.rota.when'),
      cell: ({ from, until }) => (
        <>
          {when(from)} – {when(until)}
          {isAfter(instant(from), now) ? null : (
            <span className="line">
              <Badge tone="success">{t('setup.rota.now')}</Badge>
            </span>
          )}
        </>
      ),
      sorted: 'ascending',
    },
    { key: 'who', header: t('setup.rota.who'), cell: ({ person }) => <strong>{person.title}</strong> },
    { key: 'phone', header: t('setup.rota.phone'), cell: ({ phone }) => phone ?? t('setup.rota.unitPhone') },
    {
      key: 'acts',
      header: t('setup.rota.acts'),
      cell: ({ id, from, person }) => (
        <button
          type="button"
          className="button button-secondary"
          aria-label={t('setup.rota.removeOf', { who: person.title, when: when(from) })}
          onClick={() => remove.run({ id })}
        >
          {isAfter(instant(from), now) ? t('setup.rota.remove') : t('setup.rota.end')}
        </button>
      ),
    },
  ];
  return (
    <>
      <ProblemAlert problem={remove.problem} />
      <ListTable items={shifts} columns={columns} caption={t('setup.tabs.rota')} />
    </>
  );
};

const required = z.string().min(1, 'required');
const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'time');
const schema = z.object({
  person: required,
  on: z.iso.date('date'),
  begins: time,
  endsOn: z.iso.date('date'),
  ends: time,
});

const Add = ({ unit, said }: { readonly unit: Unit } & Said) => {
  const { t } = useTranslation();
  const refusals = useRefusals();
  const blank = { person: '', on: '', begins: '', endsOn: '', ends: '', phone: '' };
  const form = useForm({ defaultValues: blank });
  const act = useAct(client.setup.addShift, {
    done: () => {
      form.reset(blank);
      said(t('setup.rota.added'));
    },
    failed: ({ fields }) => {
      const names: Readonly<Record<string, string>> = { from: 'on', until: 'endsOn' };
      refusals.refuse(fields.map((field) => ({ ...field, path: names[field.path] ?? field.path })));
    },
  });
  return (
    <ActForm
      form={form}
      {...refusals}
      problem={act.problem}
      pending={act.pending}
      submitLabel={t('setup.rota.submit')}
      told={t('setup.rota.told')}
      submit={(values) => {
        const asked = {
          ...values,
          on: wholeDay(values.on),
          endsOn: wholeDay(values.endsOn),
          begins: timeOf(values.begins),
          ends: timeOf(values.ends),
        };
        const found = refusalsBy(schema, asked);
        refusals.refuse(found);
        if (found.length > 0) return;
        act.run({
          unit: unit.id,
          person: asked.person,
          from: iso(atLocal(T.PlainDate.from(asked.on), asked.begins)),
          until: iso(atLocal(T.PlainDate.from(asked.endsOn), asked.ends)),
          phone: asked.phone.trim() || null,
        });
      }}
    >
      <SelectField
        path="person"
        label={t('setup.rota.who')}
        options={unit.people.map(({ id, title }) => ({ value: id, label: title }))}
      />
      <DateField path="on" label={t('setup.rota.on')} />
      <TextField path="begins" label={t('setup.rota.begins')} width="short" />
      <DateField path="endsOn" label={t('setup.rota.endsOn')} />
      <TextField path="ends" label={t('setup.rota.ends')} width="short" />
      <TextField
        path="phone"
        label={t('setup.rota.phone')}
        hint={t('setup.rota.phoneHint', { phone: unit.phone })}
        type="tel"
        width="medium"
        optional
      />
    </ActForm>
  );
};

/** *Vagtplan*: who is on duty when, and the number to call. */
export const SetupRotaPage = () => {
  const { t } = useTranslation();
  const [message, setMessage] = useState<string | null>(null);
  const rota = useQuery(trpc.setup.rota.queryOptions());
  return (
    <>
      <SetupHead part="rota" />
      {message ? (
        <Alert tone="success" live>
          <p>{message}</p>
        </Alert>
      ) : null}
      {rota.error ? <Failed error={rota.error} retry={rota.refetch} /> : null}
      {rota.isPending ? <Loading /> : null}
      {rota.data?.units.map((unit) => (
        <section key={unit.id} aria-labelledby={unit.id}>
          <h2 id={unit.id}>{unit.name}</h2>
          <Shifts shifts={rota.data.shifts.filter((shift) => shift.unit === unit.id)} said={setMessage} />
          <h3>{t('setup.rota.add')}</h3>
          <Add unit={unit} said={setMessage} />
        </section>
      ))}
    </>
  );
};
