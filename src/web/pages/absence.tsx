import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useForm, useWatch } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { client, type Outputs, trpc } from '../api.ts';
import { Alert } from '../components/alert.tsx';
import { useDay } from '../components/language.ts';
import { PageTitle } from '../components/page-title.tsx';
import { Failed, Loading, ProblemAlert } from '../components/problem-alert.tsx';
import { ActForm } from '../form/act-form.tsx';
import { DateField, wholeDay } from '../form/date-field.tsx';
import { SelectField } from '../form/fields.tsx';
import { refusalsBy, useRefusals } from '../form/use-refusals.ts';
import { useAct } from '../use-act.ts';

type Person = Outputs['absences']['list'][number];
type Props = { readonly people: readonly Person[]; readonly done: (message: string) => void };

const LABELS = {
  from: { da: 'Første dag', en: 'The first day' },
  personId: { da: 'Hvem der er væk', en: 'Who is away' },
} as const;
const schema = z.object({ personId: z.string().min(1, 'required'), from: z.iso.date({ error: 'date' }) });

const Register = ({ people, done }: Props) => {
  const { t } = useTranslation();
  const refusals = useRefusals();
  const self = people.find((person) => person.self)?.id ?? '';
  const blank = { personId: self, from: '', lastDay: '', substitute: '' };
  const form = useForm({ defaultValues: blank });
  const personId = useWatch({ control: form.control, name: 'personId' });
  const substitutes = people.find(({ id }) => id === personId)?.substitutes ?? [];
  const act = useAct(client.absences.register, {
    done: () => {
      form.reset(blank);
      done(t('clocks.absence.done'));
    },
    failed: ({ fields }) => refusals.refuse(fields),
  });
  return (
    <section aria-labelledby="register-absence">
      <h2 id="register-absence">{t('clocks.absence.register')}</h2>
      <ActForm
        form={form}
        {...refusals}
        problem={act.problem}
        pending={act.pending}
        submitLabel={t('clocks.absence.submit')}
        told={t('clocks.absence.told')}
        submit={(values) => {
          const asked = { ...values, from: wholeDay(values.from) };
          const found = refusalsBy(schema, asked, LABELS);
          refusals.refuse(found);
          if (found.length > 0) return;
          const lastDay = values.lastDay === '' ? null : wholeDay(values.lastDay);
          act.run({ ...asked, lastDay, substitute: values.substitute || null });
        }}
      >
        {people.length > 1 ? (
          <SelectField
            path="personId"
            label={t('clocks.absence.who')}
            options={people.map((one) => ({ value: one.id, label: one.self ? t('clocks.absence.self') : one.title }))}
          />
        ) : null}
        <DateField path="from" label={t('clocks.absence.from')} />
        <DateField path="lastDay" label={t('clocks.absence.lastDay')} hint={t('clocks.absence.lastDayHint')} />
        <SelectField
          path="substitute"
          label={t('clocks.absence.by')}
          empty={t('clocks.absence.nobody')}
          options={substitutes.map(({ id, title }) => ({ value: id, label: title }))}
        />
      </ActForm>
    </section>
  );
};

const Periods = ({ person, done }: { readonly person: Person; readonly done: (message: string) => void }) => {
  const { t } = useTranslation();
  const day = useDay();
  const end = useAct(client.absences.end, { done: () => done(t('clocks.absence.ended')) });
  if (person.absences.length === 0) return <p className="muted">{t('clocks.absence.none')}</p>;
  return (
    <>
      <ProblemAlert problem={end.problem} />
      <ul className="nobullet-list">
        {person.absences.map(({ id, from, lastDay, substitute }) => (
          <li key={id} className="absence">
            <p>
              {lastDay
                ? t('clocks.absence.period', { from: day(from), lastDay: day(lastDay) })
                : t('clocks.absence.open', { from: day(from) })}
              <span className="line muted">
                {substitute ? t('clocks.absence.substitute', { who: substitute }) : t('clocks.absence.substituteNone')}
              </span>
            </p>
            <button
              type="button"
              className="button button-secondary"
              aria-label={t('clocks.absence.endOf', { who: person.title })}
              onClick={() => end.run({ id })}
            >
              {t('clocks.absence.end')}
            </button>
          </li>
        ))}
      </ul>
    </>
  );
};

/** *Fravær og vikar*: one's own, and for a leader that of their people. */
export const AbsencePage = () => {
  const { t } = useTranslation();
  const [message, setMessage] = useState<string | null>(null);
  const list = useQuery(trpc.absences.list.queryOptions());
  const [self, ...others] = list.data ?? [];
  const away = others.filter(({ absences }) => absences.length > 0);
  return (
    <>
      <PageTitle title={t('clocks.absence.title')} />
      <p className="lead">{t('clocks.absence.lead')}</p>
      <div aria-live="polite">
        {message ? (
          <Alert tone="success">
            <p>{message}</p>
          </Alert>
        ) : null}
      </div>
      {list.error && !list.data ? <Failed error={list.error} retry={list.refetch} /> : null}
      {list.isPending ? <Loading /> : null}
      {self ? (
        <>
          <section aria-labelledby="own-absence">
            <h2 id="own-absence">{t('clocks.absence.mine')}</h2>
            <Periods person={self} done={setMessage} />
          </section>
          {others.length > 0 ? <h2>{t('clocks.absence.others')}</h2> : null}
          {others.length > 0 && away.length === 0 ? <p className="muted">{t('clocks.absence.none')}</p> : null}
          {away.map((person) => (
            <section key={person.id} aria-labelledby={`absence-${person.id}`}>
              <h3 id={`absence-${person.id}`}>{person.title}</h3>
              <Periods person={person} done={setMessage} />
            </section>
          ))}
          <Register people={list.data ?? []} done={setMessage} />
        </>
      ) : null}
    </>
  );
};
