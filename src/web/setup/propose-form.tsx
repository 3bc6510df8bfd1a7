import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { type DefaultValues, type FieldValues, useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { destructionChange } from '#domain/destruction.ts';
import { matrixChange } from '#domain/matrix-change.ts';
import { personChange } from '#domain/person-change.ts';
import { regulationChange } from '#domain/regulation-change.ts';
import { unitChange } from '#domain/unit-change.ts';
import { client } from '../api.ts';
import { ActForm } from '../form/act-form.tsx';
import { DateField } from '../form/date-field.tsx';
import { RadioField, TextArea, TextField, Tick } from '../form/fields.tsx';
import { refusalsBy, useRefusals } from '../form/use-refusals.ts';
import { useAct } from '../use-act.ts';

const note = z.string().trim().min(1, 'required').max(2_000);
/** What may be proposed, by the kind of change: as its procedures have it. */
const SCHEMAS = {
  setup: z.object({ change: regulationChange, note }),
  units: z.object({ change: unitChange, note }),
  people: z.object({ change: personChange, note }),
  matrix: z.object({ change: matrixChange, note }),
  destructions: z.object({ change: destructionChange, note }),
} as const;
const SHOWN_AT = {
  setup: '/opsaetning/aendringer/$changeId',
  units: '/opsaetning/enheder/$changeId',
  people: '/opsaetning/medarbejdere/$changeId',
  matrix: '/ansvarsmatrix/$changeId',
  destructions: '/opsaetning/kassation/$changeId',
} as const;

const TOLD = {
  setup: 'setup.propose.told',
  units: 'setup.propose.toldUnits',
  people: 'people.toldPropose',
  matrix: 'matrix.propose.told',
  destructions: 'destruction.toldPropose',
} as const;

/** A new unit's id is made of its name, and what is wrong with it stands there. */
const onScreen = <F extends { readonly path: string }>(field: F): F => ({
  ...field,
  path: field.path.replace(/^(change\.(?:unit|parts\.\d+))\.id$/, '$1.name'),
});

type Values = FieldValues & { note: string };
type Props<V extends Values> = {
  readonly via?: keyof typeof SCHEMAS;
  readonly defaults: V;
  /** The change as it is sent; what cannot be read as it should is refused by its field. */
  readonly change: (values: V) => Record<string, unknown>;
  readonly children: ReactNode;
};

/** Proposes one change of the setup. What is refused stands by its field, `change.` and its name. */
export const ProposeForm = <V extends Values>({ via = 'setup', defaults, change, children }: Props<V>) => {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const refusals = useRefusals();
  const form = useForm<V>({ defaultValues: defaults as DefaultValues<V> });
  const act = useAct(client[via].propose, {
    done: ({ id }) => navigate({ to: SHOWN_AT[via], params: { changeId: id } }),
    failed: ({ fields }) => refusals.refuse(fields.map(onScreen)),
  });
  return (
    <ActForm
      form={form}
      {...refusals}
      problem={act.problem}
      pending={act.pending}
      submitLabel={t('setup.propose.submit')}
      told={t(TOLD[via])}
      submit={(values) => {
        const asked = { change: change(values), note: values.note };
        const found = refusalsBy(SCHEMAS[via], asked).map(onScreen);
        refusals.refuse(found);
        if (found.length === 0) act.run(asked);
      }}
    >
      {children}
      <TextArea path="note" label={t('setup.propose.note')} hint={t('setup.propose.noteHint')} rows={2} />
    </ActForm>
  );
};

export const SourceField = () => {
  const { t } = useTranslation();
  return <TextField path="change.source" label={t('setup.fields.source')} hint={t('setup.fields.sourceHint')} />;
};

const STATUSES = ['law', 'recalled', 'policy'] as const;
export const StatusField = () => {
  const { t } = useTranslation();
  return (
    <RadioField
      path="change.status"
      label={t('setup.fields.status')}
      options={STATUSES.map((status) => ({ value: status, label: t(`setup.status.${status}`) }))}
    />
  );
};

export const FromField = () => {
  const { t } = useTranslation();
  return <DateField path="change.from" label={t('setup.fields.from')} hint={t('setup.fields.fromHint')} />;
};

export const ApplyToOpen = () => {
  const { t } = useTranslation();
  return (
    <Tick path="change.applyToOpen" label={t('setup.fields.applyToOpen')} hint={t('setup.fields.applyToOpenHint')} />
  );
};
