import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { line } from '#domain/form-fields.ts';
import { type Case, client } from '../api.ts';
import { useWhen } from '../components/language.ts';
import { RadioField, TextArea, TextField, Tick } from '../form/fields.tsx';
import { CaseActForm } from './case-act-form.tsx';
import { chosen, reason } from './form-schemas.ts';
import type { ActProps } from './use-case-act.ts';

type Props = ActProps & { readonly item: Case };

const correcting = z.object({ name: line(200), reason });
const undoing = z.object({ linkId: chosen, reason });

/** After a slip in a CPR: the right child, recorded already or not. */
export const CorrectChildForm = ({ item, ...props }: Props) => {
  const { t } = useTranslation();
  return (
    <CaseActForm
      {...props}
      procedure={client.children.correct}
      defaults={{ name: '', cpr: '', reason: '', routeAgain: false }}
      schema={correcting}
      input={({ cpr, ...values }) => ({
        id: item.id,
        stateVersion: item.stateVersion,
        cpr: cpr.trim() === '' ? null : cpr,
        ...values,
      })}
      submitLabel={t('family.correct.submit')}
      doneText={t('case.acts.done')}
    >
      <TextField path="name" label={t('family.correct.name')} />
      <TextField
        path="cpr"
        label={t('family.correct.cpr')}
        hint={t('family.correct.cprHint')}
        width="medium"
        inputMode="numeric"
        optional
      />
      <TextArea path="reason" label={t('family.correct.reason')} />
      <Tick path="routeAgain" label={t('family.correct.again')} hint={t('family.correct.againHint')} />
    </CaseActForm>
  );
};

/** What was merged or added by mistake. */
export const UndoLinkForm = ({ item, ...props }: Props) => {
  const { t } = useTranslation();
  const when = useWhen();
  const [only, ...others] = item.links;
  return (
    <CaseActForm
      {...props}
      procedure={client.children.undoLink}
      defaults={{ linkId: only && others.length === 0 ? only.id : '', reason: '' }}
      schema={undoing}
      input={(values) => ({ id: item.id, stateVersion: item.stateVersion, ...values })}
      submitLabel={t('family.undo.submit')}
      doneText={t('family.undo.done')}
    >
      <RadioField
        path="linkId"
        label={t('family.undo.which')}
        options={item.links.map(({ id, kind, by, at }) => ({
          value: id,
          label: `${t(`family.links.${kind}`)} (${t('family.links.by', { who: by, when: when(at, 'day') })})`,
        }))}
      />
      <TextArea path="reason" label={t('family.undo.reason')} />
    </CaseActForm>
  );
};
