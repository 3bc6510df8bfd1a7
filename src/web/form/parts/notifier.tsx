import { useWatch } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { ANONYMOUS_NOTIFIER, LEGAL_BASES } from '#domain/codes.ts';
import { doorKind, fitsKind } from '#domain/door.ts';
import { atLocal } from '#domain/time.ts';
import { useText } from '../../components/language.ts';
import { useDoorKind, useMailDemanded } from '../../door/place.ts';
import { RadioField, SelectField, TextArea, TextField } from '../fields.tsx';
import { useCodeDay, useCodeOptions, useFormData, useParagraph } from '../form-data.ts';
import { useLabel } from '../use-label.ts';

type Props = {
  /** Whoever registers what another has sent may name any kind of notifier. */
  readonly registering: boolean;
};

/** Only whoever registers chooses: behind the login writes a professional, and the door has asked already. */
const Basis = () => {
  const { t } = useTranslation();
  const text = useText();
  const day = useCodeDay();
  const paragraph = useParagraph();
  return (
    <RadioField
      path="notifier.basis"
      label={t('form.notifier.basis')}
      options={LEGAL_BASES.map((row) => ({
        value: row.code,
        label: `${text(row)} (${paragraph(row.topic, atLocal(day, '12:00'))})`,
      }))}
    />
  );
};

/** Where to write to: at the door what is given is confirmed, and of some demanded. */
const Contact = ({ registering }: Props) => {
  const { t } = useTranslation();
  const label = useLabel();
  const kind = useDoorKind();
  const confirms = useMailDemanded();
  const [mailHint, postHint] =
    kind === null
      ? ([registering ? 'case.register.notifierWork' : 'form.notifier.workHint', 'case.register.notifierPost'] as const)
      : ([confirms ? 'door.notifier.workEmail' : 'door.notifier.email', 'door.notifier.postalAddress'] as const);
  return (
    <>
      <TextField
        path="notifier.workEmail"
        label={label('notifier.workEmail')}
        hint={t(mailHint)}
        type="email"
        autoComplete={registering ? 'off' : 'email'}
        optional={!confirms}
      />
      <TextField
        path="notifier.workPhone"
        label={label('notifier.workPhone')}
        hint={t('form.notifier.phoneHint')}
        type="tel"
        width="medium"
        autoComplete={registering ? 'off' : 'tel'}
        optional
      />
      {registering || kind === 'citizen' ? (
        <TextArea
          path="notifier.postalAddress"
          label={label('notifier.postalAddress')}
          hint={t(postHint)}
          rows={3}
          optional
        />
      ) : null}
    </>
  );
};

const Kind = () => {
  const { t } = useTranslation();
  const { codes: lists } = useFormData();
  const kind = useDoorKind();
  const chosen: unknown = useWatch({ name: 'notifier.notifierCode' });
  const options = useCodeOptions()(lists.notifiers, useCodeDay(), chosen).filter(({ row }) =>
    kind === null ? row.code !== ANONYMOUS_NOTIFIER : fitsKind(doorKind(kind), row.code),
  );
  if (kind !== null && options.length === 1) return null;
  const asked = t(kind === 'citizen' ? 'door.notifier.citizenCode' : 'form.notifier.code');
  return <SelectField path="notifier.notifierCode" label={asked} options={options} />;
};

export const NotifierPart = ({ registering }: Props) => {
  const { t } = useTranslation();
  const label = useLabel();
  const kind = useDoorKind();
  const basis: unknown = useWatch({ name: 'notifier.basis' });
  return (
    <>
      {registering ? <Basis /> : null}
      {basis === 'anonymous' ? (
        <p>{t('form.notifier.anonymous')}</p>
      ) : (
        <>
          <Kind />
          <TextField path="notifier.name" label={label('notifier.name')} autoComplete={registering ? 'off' : 'name'} />
          {kind === 'citizen' ? null : <TextField path="notifier.role" label={label('notifier.role')} optional />}
          <Contact registering={registering} />
        </>
      )}
      <TextField
        path="notifier.relation"
        label={label('notifier.relation')}
        hint={t('form.notifier.relationHint')}
        optional
      />
    </>
  );
};
