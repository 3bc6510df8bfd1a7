import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { type Case, client } from '../api.ts';
import { SelectField, TextArea, TextField } from '../form/fields.tsx';
import { useOwnerUnits } from '../form/form-data.ts';
import { useSession } from '../session.tsx';
import { CaseActForm } from './case-act-form.tsx';
import { basis, chosen, reason } from './form-schemas.ts';
import type { ActProps } from './use-case-act.ts';

type Props = ActProps & { readonly item: Case };

const proposing = z.object({ to: chosen, reason });
const raising = z.object({ unit: chosen, whose: chosen, basis, reason });

type RaiseProps = ActProps & {
  readonly item: Pick<Case, 'id' | 'stateVersion' | 'matter' | 'owner'>;
  /** Who else is concerned than the owner and the unit it was given to. */
  readonly sides?: readonly Case['owner']['responsibleUnit'][];
};

/** Asks another unit to take the case; nothing moves before it has answered. */
export const ProposeHandoverForm = ({ item, ...props }: Props) => {
  const { t } = useTranslation();
  const units = useOwnerUnits(item.matter);
  return (
    <CaseActForm
      {...props}
      procedure={client.handovers.propose}
      defaults={{ to: '', reason: '' }}
      schema={proposing}
      input={(values) => ({ id: item.id, stateVersion: item.stateVersion, ...values })}
      submitLabel={t('matter.propose.submit')}
      doneText={t('matter.propose.done')}
    >
      <SelectField
        path="to"
        label={t('matter.propose.to')}
        options={units.filter(({ value }) => value !== item.owner.unit.id)}
      />
      <TextArea path="reason" label={t('matter.propose.reason')} hint={t('matter.propose.reasonHint')} />
    </CaseActForm>
  );
};

/** A unit that is concerned says by hand whose the case is. */
export const RaiseDisputeForm = ({ item, sides: given = [], ...props }: RaiseProps) => {
  const { t } = useTranslation();
  const { unitId } = useSession();
  const units = useOwnerUnits(item.matter);
  const { unit, responsibleUnit } = item.owner;
  const concerned = [unit, responsibleUnit, ...given];
  const sides = concerned.filter(({ id }, n) => concerned.findIndex((one) => one.id === id) === n);
  const own = sides.find(({ id }) => id === unitId) ?? (sides.length === 1 ? unit : undefined);
  return (
    <CaseActForm
      {...props}
      procedure={client.disputes.raise}
      defaults={{ unit: own?.id ?? '', whose: '', basis: '', reason: '', shows: '' }}
      schema={raising}
      input={(values) => ({ id: item.id, stateVersion: item.stateVersion, ...values, shows: values.shows || null })}
      submitLabel={t('matter.raise.submit')}
      doneText={t('matter.raise.done')}
    >
      {own ? (
        <p>{t('matter.raise.onBehalf', { unit: own.name })}</p>
      ) : (
        <SelectField
          path="unit"
          label={t('matter.claim.unit')}
          options={sides.map(({ id, name }) => ({ value: id, label: name }))}
        />
      )}
      <SelectField
        path="whose"
        label={t('matter.claim.whose')}
        options={units.filter(({ value }) => value !== own?.id || value !== unit.id)}
      />
      <TextField path="basis" label={t('matter.basis')} hint={t('matter.basisHint')} />
      <TextArea path="reason" label={t('matter.claim.reason')} />
      <TextArea path="shows" label={t('disputes.shows')} hint={t('disputes.showsHint')} />
    </CaseActForm>
  );
};
