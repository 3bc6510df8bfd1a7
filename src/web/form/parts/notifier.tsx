import { useWatch } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { ANONYMOUS_NOTIFIER, LEGAL_BASES } from '#domain/codes.ts';
import { atLocal } from '#domain/time.ts';
import { useText } from '../../components/language.ts';
import { RadioField, SelectField, TextArea, TextField } from '../fields.tsx';
import { useCodeDay, useCodeOptions, useFormData, useParagraph } from '../form-data.ts';
import { useLabel } from '../use-label.ts';

type Props = {
  /** Whoever registers what another has sent may name any kind of notifier; a professional is one already. */
  readonly registering: boolean;
};

export const NotifierPart = ({ registering }: Props) => {
  const { t } = useTranslation();
  const text = useText();
  const label = useLabel();
  const { codes: lists } = useFormData();
  const day = useCodeDay();
  const paragraph = useParagraph();
  const basis: unknown = useWatch({ name: 'notifier.basis' });
  const anonymous = basis === 'anonymous';
  const bases = LEGAL_BASES.filter(({ code }) => registering || code === 'professional' || code === 'municipality');
  const chosen: unknown = useWatch({ name: 'notifier.notifierCode' });
  const codes = useCodeOptions()(lists.notifiers, day, chosen).filter(({ row }) => row.code !== ANONYMOUS_NOTIFIER);
  return (
    <>
      <RadioField
        path="notifier.basis"
        label={t('form.notifier.basis')}
        options={bases.map((row) => ({
          value: row.code,
          label: `${text(row)} (${paragraph(row.topic, atLocal(day, '12:00'))})`,
        }))}
      />
      {anonymous ? (
        <p>{t('form.notifier.anonymous')}</p>
      ) : (
        <>
          <SelectField path="notifier.notifierCode" label={t('form.notifier.code')} options={codes} />
          <TextField path="notifier.name" label={label('notifier.name')} autoComplete={registering ? 'off' : 'name'} />
          <TextField path="notifier.role" label={label('notifier.role')} optional />
          <TextField
            path="notifier.workEmail"
            label={label('notifier.workEmail')}
            hint={t(registering ? 'case.register.notifierWork' : 'form.notifier.workHint')}
            type="email"
            autoComplete={registering ? 'off' : 'email'}
            optional
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
          {registering ? (
            <TextArea
              path="notifier.postalAddress"
              label={label('notifier.postalAddress')}
              hint={t('case.register.notifierPost')}
              rows={3}
              optional
            />
          ) : null}
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
