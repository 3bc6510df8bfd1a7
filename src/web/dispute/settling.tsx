import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { CaseActForm } from '../acts/case-act-form.tsx';
import { basis, chosen, reason } from '../acts/form-schemas.ts';
import { client, type Matter } from '../api.ts';
import type { Option } from '../form/fields.tsx';
import { SelectField, TextArea, TextField } from '../form/fields.tsx';
import { useOwnerUnits } from '../form/form-data.ts';
import { useSession } from '../session.tsx';
import type { MatterProps } from './answers.tsx';

const claiming = z.object({ unit: chosen, whose: chosen, basis, reason });
const proposing = z.object({ owner: chosen, reason });
const deciding = z.object({ owner: chosen, basis, reason });

/** The parties that this person may say something for: their own unit, else those they speak for. */
const useSides = ({ dispute }: Matter): readonly Option[] => {
  const { unitId } = useSession();
  const parties = dispute?.parties.map(({ unit }) => unit) ?? [];
  const own = parties.filter(({ id }) => id === unitId);
  const spoken = parties.filter(({ id }) => dispute?.speaksFor.includes(id));
  const sides = own.length > 0 ? own : spoken.length > 0 ? spoken : parties;
  return sides.map(({ id, name }) => ({ value: id, label: name }));
};

export const ClaimForm = ({ matter, ...props }: MatterProps) => {
  const { t } = useTranslation();
  const units = useOwnerUnits(matter.matter);
  const sides = useSides(matter);
  const [own] = sides;
  const one = own && sides.length === 1;
  return (
    <CaseActForm
      {...props}
      procedure={client.disputes.claim}
      defaults={{ unit: one ? own.value : '', whose: '', basis: '', reason: '', shows: '' }}
      schema={claiming}
      input={(values) => ({
        id: matter.id,
        stateVersion: matter.stateVersion,
        ...values,
        shows: values.shows || null,
      })}
      submitLabel={t('matter.acts.claim')}
      doneText={t('case.acts.done')}
    >
      {one ? (
        <p>{t('matter.raise.onBehalf', { unit: own.label })}</p>
      ) : (
        <SelectField path="unit" label={t('matter.claim.unit')} options={sides} />
      )}
      <SelectField path="whose" label={t('matter.claim.whose')} options={units} />
      <TextField path="basis" label={t('matter.basis')} hint={t('matter.basisHint')} />
      <TextArea path="reason" label={t('matter.claim.reason')} />
      <TextArea path="shows" label={t('disputes.shows')} hint={t('disputes.showsHint')} />
    </CaseActForm>
  );
};

/** The parties stand first: it is nearly always one of them. */
const useOwners = (matter: Matter): readonly Option[] => {
  const units = useOwnerUnits(matter.matter);
  const parties = new Set(matter.dispute?.parties.map(({ unit }) => unit.id));
  return [...units.filter(({ value }) => parties.has(value)), ...units.filter(({ value }) => !parties.has(value))];
};

export const ProposeSettlementForm = ({ matter, ...props }: MatterProps) => {
  const { t } = useTranslation();
  const owners = useOwners(matter);
  return (
    <CaseActForm
      {...props}
      procedure={client.disputes.propose}
      defaults={{ owner: '', reason: '' }}
      schema={proposing}
      input={(values) => ({ id: matter.id, stateVersion: matter.stateVersion, ...values })}
      submitLabel={t('matter.acts.propose-settlement')}
      doneText={t('matter.settle.proposed')}
    >
      <SelectField path="owner" label={t('matter.settle.owner')} options={owners} />
      <TextArea path="reason" label={t('work.reason')} />
    </CaseActForm>
  );
};

export const DecideDisputeForm = ({ matter, ...props }: MatterProps) => {
  const { t } = useTranslation();
  const owners = useOwners(matter);
  return (
    <CaseActForm
      {...props}
      procedure={client.disputes.decide}
      defaults={{ owner: '', basis: '', reason: '' }}
      schema={deciding}
      input={(values) => ({ id: matter.id, stateVersion: matter.stateVersion, ...values })}
      submitLabel={t('matter.acts.decide-dispute')}
      doneText={t('matter.settle.decided')}
    >
      <SelectField path="owner" label={t('matter.settle.owner')} options={owners} />
      <TextField path="basis" label={t('matter.basis')} hint={t('matter.basisHint')} />
      <TextArea path="reason" label={t('work.reason')} />
    </CaseActForm>
  );
};
