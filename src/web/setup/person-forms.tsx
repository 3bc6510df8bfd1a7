import { useWatch } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { ROLES } from '#domain/organisation.ts';
import type { Outputs } from '../api.ts';
import { DateField } from '../form/date-field.tsx';
import { CheckGroups, SelectField, TextField } from '../form/fields.tsx';
import { ChooseForm } from './choose-form.tsx';
import { ProposeForm } from './propose-form.tsx';
import { dayOf } from './read.ts';

type All = Outputs['people']['all'];
type Props = { readonly all: All };

const titles = ({ people }: All) => people.map(({ id, title }) => ({ value: id, label: title }));

const OnField = ({ leaves = false }: { readonly leaves?: boolean }) => {
  const { t } = useTranslation();
  const label = t(leaves ? 'people.fields.onLeaves' : 'people.fields.on');
  return <DateField path="change.on" label={label} hint={t('people.fields.onHint')} />;
};

const RolesField = () => {
  const { t } = useTranslation();
  const label = t('people.fields.roles');
  const options = ROLES.map((role) => ({ value: role, label: t(`matter.roles.${role}`) })).toSorted((a, b) =>
    a.label.localeCompare(b.label),
  );
  return (
    <CheckGroups path="change.roles" label={label} hint={t('people.fields.rolesHint')} groups={[{ label, options }]} />
  );
};

const UnitField = ({ all, moves = false }: Props & { readonly moves?: boolean }) => {
  const { t } = useTranslation();
  const options = all.units.map(({ id, name }) => ({ value: id, label: name }));
  return (
    <SelectField
      path="change.unit"
      label={t(moves ? 'people.fields.newUnit' : 'people.fields.unit')}
      options={options}
    />
  );
};

/** Whom it is about, and what they are today. */
const PersonField = ({ all }: Props) => {
  const { t } = useTranslation();
  const chosen: unknown = useWatch({ name: 'change.person' });
  const person = all.people.find(({ id }) => id === chosen);
  const roles = person?.roles.map(({ role, unit }) => `${t(`matter.roles.${role}`)}, ${unit.name}`).join('; ');
  return (
    <>
      <SelectField path="change.person" label={t('people.fields.person')} options={titles(all)} />
      {roles ? <p className="form-hint">{t('people.fields.has', { roles })}</p> : null}
    </>
  );
};

const SubstituteField = ({ all, hint }: Props & { readonly hint: string }) => {
  const { t } = useTranslation();
  return (
    <SelectField
      path="change.substitute"
      label={t('people.fields.substitute')}
      hint={hint}
      options={titles(all)}
      empty={t('people.fields.nobody')}
    />
  );
};

const NEW = { on: '', person: '', title: '', email: '', phone: '', unit: '', roles: [] as string[], substitute: '' };

const JoinForm = ({ all }: Props) => {
  const { t } = useTranslation();
  return (
    <ProposeForm
      via="people"
      defaults={{ note: '', change: NEW }}
      change={({ change }) => ({
        ...change,
        what: 'person-joins',
        on: dayOf(change.on),
        substitute: change.substitute || null,
      })}
    >
      <TextField path="change.title" label={t('people.fields.title')} hint={t('people.fields.titleHint')} />
      <TextField path="change.person" label={t('people.fields.id')} hint={t('people.fields.idHint')} />
      <TextField path="change.email" label={t('people.fields.email')} type="email" />
      <TextField path="change.phone" label={t('people.fields.phone')} type="tel" width="medium" />
      <UnitField all={all} />
      <RolesField />
      <SubstituteField all={all} hint={t('people.fields.substituteJoins')} />
      <OnField />
    </ProposeForm>
  );
};

const LeaveForm = ({ all }: Props) => {
  const { t } = useTranslation();
  return (
    <ProposeForm
      via="people"
      defaults={{ note: '', change: { on: '', person: '', substitute: '' } }}
      change={({ change }) => ({
        ...change,
        what: 'person-leaves',
        on: dayOf(change.on),
        substitute: change.substitute || null,
      })}
    >
      <PersonField all={all} />
      <SubstituteField all={all} hint={t('people.fields.substituteLeaves')} />
      <OnField leaves />
    </ProposeForm>
  );
};

const MoveForm = ({ all }: Props) => (
  <ProposeForm
    via="people"
    defaults={{ note: '', change: { on: '', person: '', unit: '', roles: [] as string[] } }}
    change={({ change }) => ({ ...change, what: 'person-moves', on: dayOf(change.on) })}
  >
    <PersonField all={all} />
    <UnitField all={all} moves />
    <RolesField />
    <OnField />
  </ProposeForm>
);

const RolesForm = ({ all }: Props) => (
  <ProposeForm
    via="people"
    defaults={{ note: '', change: { on: '', person: '', roles: [] as string[] } }}
    change={({ change }) => ({ ...change, what: 'person-roles', on: dayOf(change.on) })}
  >
    <PersonField all={all} />
    <RolesField />
    <OnField />
  </ProposeForm>
);

/** What can be proposed about people. */
export const PersonForms = ({ all }: Props) => (
  <ChooseForm
    forms={{
      'person-joins': () => <JoinForm all={all} />,
      'person-leaves': () => <LeaveForm all={all} />,
      'person-moves': () => <MoveForm all={all} />,
      'person-roles': () => <RolesForm all={all} />,
    }}
  />
);
