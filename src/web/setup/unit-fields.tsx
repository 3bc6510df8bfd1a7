import { useTranslation } from 'react-i18next';
import type { Outputs } from '../api.ts';
import { DateField } from '../form/date-field.tsx';
import { type Option, SelectField, TextField, Tick } from '../form/fields.tsx';
import { idFrom } from './units-read.ts';

export type Units = Outputs['units']['all']['units'];
type Props = { readonly units: Units };

export const FRESH = { name: '', phone: '', email: '', nameIsNeutral: true, postalCodes: '', ages: '' };
type Fresh = typeof FRESH;

/** A new unit as it is sent; its id is made of its name. */
export const freshOf = ({ name, phone, email, nameIsNeutral }: Fresh) => ({
  id: idFrom(name),
  name,
  phone,
  email: email.trim() || null,
  nameIsNeutral,
});

export const optionsOf = (units: Units): readonly Option[] => units.map(({ id, name }) => ({ value: id, label: name }));

export const UnitField = ({
  path,
  units,
  label,
  hint,
  empty,
}: Props & { path: string; label: string; hint?: string; empty?: string }) => (
  <SelectField path={path} label={label} hint={hint} options={optionsOf(units)} {...(empty ? { empty } : {})} />
);

export const OnField = () => {
  const { t } = useTranslation();
  return <DateField path="change.on" label={t('units.fields.on')} hint={t('units.fields.onHint')} />;
};

export const FreshFields = ({ path }: { readonly path: string }) => {
  const { t } = useTranslation();
  return (
    <>
      <TextField path={`${path}.name`} label={t('units.fields.name')} />
      <TextField path={`${path}.phone`} label={t('units.fields.phone')} type="tel" width="medium" />
      <TextField path={`${path}.email`} label={t('units.fields.email')} type="email" optional />
      <Tick path={`${path}.nameIsNeutral`} label={t('units.fields.neutral')} hint={t('units.fields.neutralHint')} />
    </>
  );
};

export const CodesField = ({ path }: { readonly path: string }) => {
  const { t } = useTranslation();
  return (
    <TextField
      path={`${path}.postalCodes`}
      label={t('units.fields.postalCodes')}
      hint={t('units.fields.postalCodesHint')}
      optional
    />
  );
};
export const AgesField = ({ path }: { readonly path: string }) => {
  const { t } = useTranslation();
  return (
    <TextField
      path={`${path}.ages`}
      label={t('units.fields.ages')}
      hint={t('units.fields.agesHint')}
      width="short"
      optional
    />
  );
};
