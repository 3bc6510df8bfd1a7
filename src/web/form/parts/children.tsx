import { useWatch } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { RadioField, SelectField, TextField, Tick } from '../fields.tsx';
import { useFormData } from '../form-data.ts';
import { Rows } from '../rows.tsx';
import { useLabel } from '../use-label.ts';
import { FRESH } from '../values.ts';

const IDENTITIES = ['known', 'unborn', 'unknown'] as const;

const Identity = ({ path }: { readonly path: string }) => {
  const { t } = useTranslation();
  const label = useLabel();
  const identity: unknown = useWatch({ name: `${path}.identity` });
  return (
    <>
      <RadioField
        path={`${path}.identity`}
        label={t('form.child.identity')}
        options={IDENTITIES.map((value) => ({ value, label: t(`form.child.${value}`) }))}
      />
      {identity === 'known' ? (
        <TextField
          path={`${path}.cpr`}
          label={label('children.cpr')}
          hint={t('form.child.cprHint')}
          width="medium"
          inputMode="numeric"
        />
      ) : null}
      {identity === 'unknown' ? (
        <TextField
          path={`${path}.ageEstimate`}
          label={label('children.ageEstimate')}
          hint={t('form.child.ageHint')}
          width="short"
          inputMode="numeric"
          optional
        />
      ) : null}
    </>
  );
};

export const ChildFields = ({ path }: { readonly path: string }) => {
  const { t } = useTranslation();
  const label = useLabel();
  const { institutions } = useFormData();
  return (
    <>
      <TextField path={`${path}.name`} label={label('children.name')} />
      <Identity path={path} />
      <SelectField
        path={`${path}.institution`}
        label={label('children.institution')}
        hint={t('form.child.institutionHint')}
        empty={t('form.child.institutionNone')}
        options={institutions.map(({ id, name }) => ({ value: id, label: name }))}
        optional
      />
      <fieldset className="sub-group">
        <legend>{t('form.child.addressHeading')}</legend>
        <p className="form-hint">{t('form.child.addressHint')}</p>
        <TextField path={`${path}.address.street`} label={label('children.address.street')} optional />
        <TextField
          path={`${path}.address.postalCode`}
          label={label('children.address.postalCode')}
          width="short"
          inputMode="numeric"
          optional
        />
        <TextField path={`${path}.address.city`} label={label('children.address.city')} optional />
        <Tick
          path={`${path}.protectedAddress`}
          label={t('form.child.protectedLabel')}
          hint={t('form.child.protectedHint')}
        />
      </fieldset>
    </>
  );
};

export const ChildrenPart = () => {
  const { t } = useTranslation();
  return (
    <Rows
      path="children"
      title={(number) => t('form.child.heading', { number })}
      addLabel={t('form.child.add')}
      fresh={FRESH.child}
      max={10}
      min={1}
    >
      {(path) => <ChildFields path={path} />}
    </Rows>
  );
};
