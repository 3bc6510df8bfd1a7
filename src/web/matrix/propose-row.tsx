import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Outputs } from '../api.ts';
import { DateField } from '../form/date-field.tsx';
import { type Option, SelectField, TextField } from '../form/fields.tsx';
import { useNeedName } from '../form/form-data.ts';
import { FromField, ProposeForm, SourceField } from '../setup/propose-form.tsx';
import { dayOf, numberOf } from '../setup/read.ts';

type Matrix = Outputs['matrix']['rows'];
/** The needs that have or had a row, each once; worry is left to the address. */
const useKnownNeeds = (matrix: Matrix, inForce: boolean): readonly Option[] => {
  const nameOf = useNeedName();
  const rows = matrix.rows.filter(({ id, state }) => id !== 'worry' && (!inForce || state !== 'ended'));
  return [...new Map(rows.map((row) => [row.id, { value: row.id, label: nameOf(row) }])).values()];
};

/** `agesFrom` and `agesTo` as typed: nothing in either is every age. */
export const agesOf = (from: string, to: string): unknown =>
  from.trim() === '' && to.trim() === '' ? null : { from: numberOf(from), to: numberOf(to) };

const EMPTY_ROW = { need: '', da: '', en: '', unit: '', basis: '', from: '', source: '', agesFrom: '', agesTo: '' };

const RowForm = ({ matrix }: { readonly matrix: Matrix }) => {
  const { t } = useTranslation();
  const needs = useKnownNeeds(matrix, false);
  const units = matrix.units.map(({ id, name }) => ({ value: id, label: name }));
  return (
    <ProposeForm
      via="matrix"
      defaults={{ note: '', change: EMPTY_ROW }}
      change={({ change: { agesFrom, agesTo, need, from, ...rest } }) => ({
        ...rest,
        what: 'matrix-row',
        need: need === '' ? null : need,
        ages: agesOf(agesFrom, agesTo),
        from: dayOf(from),
        precedent: null,
      })}
    >
      <SelectField
        path="change.need"
        label={t('matrix.propose.need')}
        hint={t('matrix.propose.needHint')}
        options={needs}
        empty={t('matrix.propose.newNeed')}
      />
      <TextField path="change.da" label={t('matrix.propose.da')} />
      <TextField path="change.en" label={t('matrix.propose.en')} />
      <TextField
        path="change.agesFrom"
        label={t('matrix.propose.agesFrom')}
        hint={t('matrix.propose.agesHint')}
        width="short"
        inputMode="numeric"
      />
      <TextField path="change.agesTo" label={t('matrix.propose.agesTo')} width="short" inputMode="numeric" />
      <SelectField
        path="change.unit"
        label={t('matrix.propose.unit')}
        hint={t('matrix.propose.unitHint')}
        options={units}
      />
      <TextField path="change.basis" label={t('matrix.propose.basis')} />
      <FromField />
      <SourceField />
    </ProposeForm>
  );
};

const EndForm = ({ matrix }: { readonly matrix: Matrix }) => {
  const { t } = useTranslation();
  const needs = useKnownNeeds(matrix, true);
  return (
    <ProposeForm
      via="matrix"
      defaults={{ note: '', change: { need: '', until: '', source: '' } }}
      change={({ change }) => ({ ...change, what: 'end-matrix-row', until: dayOf(change.until) })}
    >
      <SelectField path="change.need" label={t('matrix.propose.need')} options={needs} />
      <DateField path="change.until" label={t('matrix.propose.until')} hint={t('matrix.propose.fromHint')} />
      <SourceField />
    </ProposeForm>
  );
};

const FORMS = { row: RowForm, end: EndForm } as const;

/** Proposes a row of the matrix, or that one ends; somebody else confirms it. */
export const ProposeRow = ({ matrix }: { readonly matrix: Matrix }) => {
  const { t } = useTranslation();
  const [what, setWhat] = useState<keyof typeof FORMS | null>(null);
  const Chosen = what === null ? null : FORMS[what];
  return (
    <section aria-labelledby="propose">
      <h2 id="propose">{t('matrix.propose.heading')}</h2>
      <div className="form-group">
        <label className="form-label" htmlFor="what">
          {t('matrix.propose.what')}
        </label>
        <select
          id="what"
          className="form-select"
          value={what ?? ''}
          onChange={({ target: { value } }) => setWhat(value === 'row' || value === 'end' ? value : null)}
        >
          <option value="">{t('common.choose')}</option>
          <option value="row">{t('matrix.propose.row')}</option>
          <option value="end">{t('matrix.propose.end')}</option>
        </select>
      </div>
      {Chosen ? (
        <div className="setup-form" key={what}>
          <Chosen matrix={matrix} />
        </div>
      ) : null}
    </section>
  );
};
