import { useWatch } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { CheckGroups } from '../form/fields.tsx';
import { ChooseForm } from './choose-form.tsx';
import { ProposeForm } from './propose-form.tsx';
import { dayOf } from './read.ts';
import { SplitForm } from './split-form.tsx';
import {
  AgesField,
  CodesField,
  FRESH,
  FreshFields,
  freshOf,
  OnField,
  optionsOf,
  UnitField,
  type Units,
} from './unit-fields.tsx';
import { agesOf, rangesOf } from './units-read.ts';

type Props = { readonly units: Units };

const OpenForm = ({ units }: Props) => {
  const { t } = useTranslation();
  return (
    <ProposeForm
      via="units"
      defaults={{ note: '', change: { on: '', like: '', unit: FRESH } }}
      change={({ change: { unit, on, like } }) => ({
        what: 'open',
        on: dayOf(on),
        like,
        unit: { ...freshOf(unit), postalCodes: rangesOf(unit.postalCodes), ages: agesOf(unit.ages) },
      })}
    >
      <UnitField path="change.like" units={units} label={t('units.fields.like')} hint={t('units.fields.likeHint')} />
      <FreshFields path="change.unit" />
      <CodesField path="change.unit" />
      <AgesField path="change.unit" />
      <OnField />
    </ProposeForm>
  );
};

const CloseForm = ({ units }: Props) => {
  const { t } = useTranslation();
  return (
    <ProposeForm
      via="units"
      defaults={{ note: '', change: { on: '', unit: '', into: '' } }}
      change={({ change }) => ({ ...change, what: 'close', on: dayOf(change.on) })}
    >
      <UnitField path="change.unit" units={units} label={t('units.fields.closing')} />
      <UnitField path="change.into" units={units} label={t('units.fields.into')} hint={t('units.fields.intoHint')} />
      <OnField />
    </ProposeForm>
  );
};

/** Only a merger into a new unit asks what that is called. */
const FreshIfNew = () => {
  const into: unknown = useWatch({ name: 'change.into' });
  return into === '' ? <FreshFields path="change.unit" /> : null;
};

const MergeForm = ({ units }: Props) => {
  const { t } = useTranslation();
  const groups = [...Map.groupBy(units, ({ department }) => department)].map(([label, list]) => ({
    label,
    options: optionsOf(list),
  }));
  return (
    <ProposeForm
      via="units"
      defaults={{ note: '', change: { on: '', units: [] as string[], into: '', unit: FRESH } }}
      change={({ change: { on, units: chosen, into, unit } }) => ({
        what: 'merge',
        on: dayOf(on),
        units: chosen,
        into: into === '' ? null : into,
        unit: into === '' ? freshOf(unit) : null,
      })}
    >
      <CheckGroups path="change.units" label={t('units.fields.merging')} groups={groups} />
      <UnitField
        path="change.into"
        units={units}
        label={t('units.fields.into')}
        hint={t('units.fields.intoHint')}
        empty={t('units.fields.aNewOne')}
      />
      <FreshIfNew />
      <OnField />
    </ProposeForm>
  );
};

/** What can be proposed about units. */
export const UnitForms = ({ units }: Props) => {
  const there = units.filter(({ open }) => open);
  return (
    <ChooseForm
      forms={{
        merge: () => <MergeForm units={there} />,
        close: () => <CloseForm units={there} />,
        split: () => <SplitForm units={there} />,
        open: () => <OpenForm units={there} />,
      }}
    />
  );
};
