import { useWatch } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { CheckGroups, RadioField, SelectField } from '../form/fields.tsx';
import { Rows } from '../form/rows.tsx';
import { ProposeForm } from './propose-form.tsx';
import { dayOf } from './read.ts';
import { AgesField, CodesField, FRESH, FreshFields, freshOf, OnField, UnitField, type Units } from './unit-fields.tsx';
import { agesOf, idFrom, rangesInWords, rangesOf } from './units-read.ts';

type Props = { readonly units: Units };
const PART = { ...FRESH, people: [] as string[] };
const MOST_PARTS = 10;
type Row = { readonly part: string };

const useSplitUnit = (units: Units) => {
  const chosen: unknown = useWatch({ name: 'change.unit' });
  return units.find(({ id }) => id === chosen) ?? null;
};

const PartFields = ({ path, units }: Props & { readonly path: string }) => {
  const { t } = useTranslation();
  const by: unknown = useWatch({ name: 'change.by' });
  const unit = useSplitUnit(units);
  const options = (unit?.people ?? []).map(({ id, title }) => ({ value: id, label: title }));
  return (
    <>
      <FreshFields path={path} />
      {by === 'age' ? <AgesField path={path} /> : <CodesField path={path} />}
      {unit ? (
        <CheckGroups
          path={`${path}.people`}
          label={t('units.fields.people')}
          hint={t('units.fields.peopleHint')}
          groups={[{ label: unit.name, options }]}
          optional
        />
      ) : null}
    </>
  );
};

/** What there is to be shared out, and between whom. */
const Whole = ({ units }: Props) => {
  const { t } = useTranslation();
  const unit = useSplitUnit(units);
  if (!unit) return null;
  const codes = rangesInWords(unit.postalCodes);
  return (
    <p className="form-hint">
      {codes ? t('units.fields.hasCodes', { codes }) : t('units.fields.hasNoCodes')}{' '}
      {unit.ages ? t('units.fields.hasAges', { from: unit.ages[0], to: unit.ages[1] }) : null}
    </p>
  );
};

const usePartOptions = () =>
  ((useWatch({ name: 'change.parts' }) ?? []) as readonly { readonly name: string }[])
    .filter(({ name }) => name.trim() !== '')
    .map(({ name }) => ({ value: idFrom(name), label: name }));

/** Which part gets each row of the matrix that names the unit. */
const RowFields = ({ units }: Props) => {
  const { t } = useTranslation();
  const options = usePartOptions();
  const unit = useSplitUnit(units);
  return (unit?.rules ?? []).map(({ id, need }, at) => (
    <SelectField
      key={`${unit?.id} ${id}`}
      path={`change.rows.${at}.part`}
      label={t('units.fields.rowPart', { need })}
      hint={t('units.fields.rowPartHint')}
      options={options}
      empty={t('units.fields.byRule')}
      optional
    />
  ));
};

const MainField = () => {
  const { t } = useTranslation();
  const options = usePartOptions();
  return (
    <SelectField
      path="change.main"
      label={t('units.fields.main')}
      hint={t('units.fields.mainHint')}
      options={options}
    />
  );
};

/** One unit becomes several, by area or by age. */
export const SplitForm = ({ units }: Props) => {
  const { t } = useTranslation();
  return (
    <ProposeForm
      via="units"
      defaults={{
        note: '',
        change: { on: '', unit: '', by: 'area', parts: [PART, PART], main: '', rows: [] as Row[] },
      }}
      change={({ change: { on, parts, rows, ...rest } }) => ({
        ...rest,
        what: 'split',
        on: dayOf(on),
        parts: parts.map((part) => ({
          ...freshOf(part),
          postalCodes: rest.by === 'area' ? rangesOf(part.postalCodes) : [],
          ages: rest.by === 'age' ? agesOf(part.ages) : null,
          people: part.people,
        })),
        rows: (units.find(({ id }) => id === rest.unit)?.rules ?? []).map((rule, at) => ({
          need: rule.id,
          part: rows[at]?.part || null,
        })),
      })}
    >
      <UnitField path="change.unit" units={units} label={t('units.fields.splitting')} />
      <Whole units={units} />
      <RadioField
        path="change.by"
        label={t('units.fields.rule')}
        hint={t('units.fields.byHint')}
        options={(['area', 'age'] as const).map((by) => ({ value: by, label: t(`units.by.${by}`) }))}
      />
      <Rows
        path="change.parts"
        title={(number) => t('units.fields.part', { number })}
        addLabel={t('units.fields.addPart')}
        fresh={PART}
        max={MOST_PARTS}
        min={2}
      >
        {(path) => <PartFields path={path} units={units} />}
      </Rows>
      <MainField />
      <RowFields units={units} />
      <OnField />
    </ProposeForm>
  );
};
