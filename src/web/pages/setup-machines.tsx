import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { KEY_LIFE, KEY_SCOPE_NAMES } from '#domain/machine.ts';
import { instant, isAfter } from '#domain/time.ts';
import { client, type Outputs, trpc } from '../api.ts';
import { Alert } from '../components/alert.tsx';
import { Badge } from '../components/badge.tsx';
import { useWhen } from '../components/language.ts';
import { type Column, ListTable } from '../components/list-table.tsx';
import { Failed, Loading, ProblemAlert } from '../components/problem-alert.tsx';
import { ActForm } from '../form/act-form.tsx';
import { RadioField, SelectField, TextField } from '../form/fields.tsx';
import { refusalsBy, useRefusals } from '../form/use-refusals.ts';
import { useNow } from '../session.tsx';
import { numberOf } from '../setup/read.ts';
import { SetupHead } from '../setup/tabs.tsx';
import { useAct } from '../use-act.ts';

type All = Outputs['machines']['list'];
type Key = All['keys'][number];
/** What was made, as it is shown once. */
type Made = { readonly name: string; readonly secret: string | null; readonly follows: boolean };
type Shows = { readonly show: (made: Made | null) => void };

const Keys = ({ keys, show, ended }: { readonly keys: readonly Key[]; readonly ended: () => void } & Shows) => {
  const { t } = useTranslation();
  const when = useWhen();
  const now = instant(useNow());
  const end = useAct(client.machines.end, { done: ended });
  const rotate = useAct(client.machines.rotate, {
    done: ({ secret }, { id }) => show({ name: keys.find((key) => key.id === id)?.name ?? '', secret, follows: true }),
  });
  if (keys.length === 0) return <p className="empty">{t('machines.none')}</p>;
  const opens = ({ endedAt, expiresAt }: Key): boolean => endedAt === null && isAfter(instant(expiresAt), now);
  const columns: Column<Key>[] = [
    {
      key: 'name',
      header: t('machines.name'),
      cell: (key) => (
        <>
          <strong>{key.name}</strong>
          {opens(key) && !key.followed ? null : (
            <span className="line">
              <Badge tone="info">{t(opens(key) ? 'machines.followed' : 'machines.over')}</Badge>
            </span>
          )}
        </>
      ),
    },
    { key: 'unit', header: t('machines.unit'), labelled: true, cell: ({ unit }) => unit },
    {
      key: 'opens',
      header: t('machines.opens'),
      labelled: true,
      cell: ({ scopes }) => scopes.map((scope) => t(`machines.scopes.${scope}`)).join(', '),
    },
    {
      key: 'until',
      header: t('machines.until'),
      labelled: true,
      cell: ({ endedAt, expiresAt }) => when(endedAt ?? expiresAt, 'day'),
    },
    {
      key: 'used',
      header: t('machines.used'),
      labelled: true,
      cell: ({ lastUsedAt }) => (lastUsedAt ? when(lastUsedAt) : t('machines.neverUsed')),
    },
    {
      key: 'acts',
      header: t('machines.acts'),
      cell: (key) =>
        opens(key) ? (
          <>
            {key.followed ? null : (
              <button
                type="button"
                className="button button-secondary"
                aria-label={t('machines.rotateOf', { name: key.name })}
                onClick={() => rotate.run({ id: key.id, days: KEY_LIFE.most })}
              >
                {t('machines.rotate')}
              </button>
            )}{' '}
            <button
              type="button"
              className="button button-secondary"
              aria-label={t('machines.endOf', { name: key.name })}
              onClick={() => end.run({ id: key.id })}
            >
              {t('machines.end')}
            </button>
          </>
        ) : null,
    },
  ];
  return (
    <>
      <ProblemAlert problem={end.problem ?? rotate.problem} />
      <ListTable items={keys} columns={columns} caption={t('machines.list')} />
    </>
  );
};

const schema = z.object({
  name: z.string().trim().min(1, 'required'),
  unit: z.string().min(1, 'required'),
  scope: z.enum(KEY_SCOPE_NAMES, 'required'),
  days: z.int('number').min(1, 'number').max(KEY_LIFE.most, 'number'),
});
const LABELS = {
  name: { da: 'Program', en: 'Program' },
  unit: { da: 'Enhed', en: 'Unit' },
  scope: { da: 'Hvad må det?', en: 'What may it do?' },
  days: { da: 'Hvor mange dage gælder den?', en: 'For how many days is it valid?' },
};
const BLANK = { name: '', unit: '', scope: '', days: String(KEY_LIFE.most) };

const Add = ({ units, show }: { readonly units: All['units'] } & Shows) => {
  const { t } = useTranslation();
  const refusals = useRefusals();
  const form = useForm({ defaultValues: BLANK });
  const act = useAct(client.machines.create, {
    done: ({ secret }, { name }) => {
      form.reset(BLANK);
      show({ name, secret, follows: false });
    },
    failed: ({ fields }) => refusals.refuse(fields),
  });
  return (
    <ActForm
      form={form}
      {...refusals}
      problem={act.problem}
      pending={act.pending}
      submitLabel={t('machines.submit')}
      told={t('machines.told')}
      submit={(values) => {
        const asked = { ...values, days: numberOf(values.days) };
        const { data } = schema.safeParse(asked);
        refusals.refuse(refusalsBy(schema, asked, LABELS));
        if (data) act.run({ name: data.name, unit: data.unit, scopes: [data.scope], days: data.days });
      }}
    >
      <TextField path="name" label={t('machines.name')} hint={t('machines.nameHint')} />
      <SelectField
        path="unit"
        label={t('machines.unit')}
        options={units.map(({ id, name }) => ({ value: id, label: name }))}
      />
      <RadioField
        path="scope"
        label={t('machines.scope')}
        hint={t('machines.scopeHint')}
        options={KEY_SCOPE_NAMES.map((scope) => ({
          value: scope,
          label: t(`machines.scopes.${scope}`),
        }))}
      />
      <TextField
        path="days"
        label={t('machines.days')}
        hint={t('machines.daysHint')}
        width="short"
        inputMode="numeric"
      />
    </ActForm>
  );
};

/** The secret, which nobody can be shown again. */
const Shown = ({ name, secret, follows }: Made) => {
  const { t } = useTranslation();
  if (secret === null) {
    return (
      <Alert tone="warning" live>
        <p>{t('machines.lost')}</p>
      </Alert>
    );
  }
  return (
    <Alert tone="success" heading={t('machines.made')} live>
      <p>{t('machines.madeLead')}</p>
      {follows ? <p>{t('machines.madeFollows')}</p> : null}
      <label className="form-label" htmlFor="secret">
        {t('machines.secret', { name })}
      </label>
      <input
        id="secret"
        className="form-input"
        readOnly
        autoComplete="off"
        value={secret}
        onFocus={(event) => event.target.select()}
      />
    </Alert>
  );
};

/** *Nøgler til programmer*: made, followed by another, closed, and when each was last used. */
export const SetupMachinesPage = () => {
  const { t } = useTranslation();
  const [made, setMade] = useState<Made | null>(null);
  const [ended, setEnded] = useState(false);
  const show = (next: Made | null): void => {
    setMade(next);
    setEnded(false);
  };
  const all = useQuery(trpc.machines.list.queryOptions());
  return (
    <>
      <SetupHead part="machines" />
      {made ? <Shown {...made} /> : null}
      {ended ? (
        <Alert tone="success" live>
          <p>{t('machines.ended')}</p>
        </Alert>
      ) : null}
      {all.error ? <Failed error={all.error} retry={all.refetch} /> : null}
      {all.isPending ? <Loading /> : null}
      {all.data ? (
        <>
          <Keys
            keys={all.data.keys}
            show={show}
            ended={() => {
              show(null);
              setEnded(true);
            }}
          />
          <h2>{t('machines.add')}</h2>
          <Add units={all.data.units} show={show} />
        </>
      ) : null}
    </>
  );
};
