import { useWatch } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { RadioField, TextField, Tick } from '../fields.tsx';
import { Rows } from '../rows.tsx';
import { useLabel } from '../use-label.ts';
import { FRESH } from '../values.ts';

const CUSTODY = ['yes', 'no', 'unknown'] as const;

const Parent = ({ path }: { readonly path: string }) => {
  const { t } = useTranslation();
  const label = useLabel();
  return (
    <>
      <TextField path={`${path}.name`} label={label('family.parents.name')} optional />
      <TextField
        path={`${path}.relation`}
        label={label('family.parents.relation')}
        hint={t('form.family.parentRelationHint')}
        optional
      />
      <RadioField
        path={`${path}.custody`}
        label={t('form.family.custody')}
        options={CUSTODY.map((value) => ({ value, label: t(`common.${value}`) }))}
      />
      <TextField path={`${path}.phone`} label={label('family.parents.phone')} type="tel" width="medium" optional />
    </>
  );
};

const Sibling = ({ path }: { readonly path: string }) => {
  const label = useLabel();
  return (
    <>
      <TextField path={`${path}.name`} label={label('family.siblings.name')} optional />
      <TextField path={`${path}.age`} label={label('family.siblings.age')} width="short" inputMode="numeric" optional />
    </>
  );
};

export const FamilyPart = () => {
  const { t } = useTranslation();
  const label = useLabel();
  const interpreter: unknown = useWatch({ name: 'family.interpreter' });
  return (
    <>
      <Rows
        path="family.parents"
        title={(number) => t('form.family.parent', { number })}
        addLabel={t('form.family.parentAdd')}
        fresh={FRESH.parent}
        max={10}
      >
        {(path) => <Parent path={path} />}
      </Rows>
      <Rows
        path="family.siblings"
        title={(number) => t('form.family.sibling', { number })}
        addLabel={t('form.family.siblingAdd')}
        fresh={FRESH.sibling}
        max={20}
      >
        {(path) => <Sibling path={path} />}
      </Rows>
      <Tick path="family.interpreter" label={t('form.family.interpreter')} />
      {interpreter === true ? (
        <TextField path="family.language" label={label('family.language')} width="medium" optional />
      ) : null}
    </>
  );
};
