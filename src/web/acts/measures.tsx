import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import type { EvidenceKind } from '#domain/evidence.ts';
import { type Case, client } from '../api.ts';
import { TextArea, TextField } from '../form/fields.tsx';
import { CaseActForm } from './case-act-form.tsx';
import { EvidenceField } from './evidence-field.tsx';
import { chosen, longText, months, monthsOf, reason } from './form-schemas.ts';
import { MeasureKind, runningMeasures, WhichMeasure } from './measure-fields.tsx';
import type { ActProps } from './use-case-act.ts';

type Props = ActProps & { readonly item: Case };

const kind = { type: chosen, plannedMonths: months, reason };
const starting = z.object(kind);
const changing = z.object({ measureId: chosen, ...kind });
const ending = z.object({ measureId: chosen, reason });
const following = z.object({ measureId: chosen, evidence: chosen, conclusion: longText, nextMonths: months });

const onlyId = (item: Case): string => {
  const [only, ...others] = runningMeasures(item);
  return only && others.length === 0 ? only.id : '';
};

export const StartMeasureForm = ({ item, ...props }: Props) => {
  const { t } = useTranslation();
  return (
    <CaseActForm
      {...props}
      procedure={client.work.startMeasure}
      defaults={{ type: '', plannedMonths: '', reason: '' }}
      schema={starting}
      input={({ type, plannedMonths, reason: why }) => ({
        id: item.id,
        stateVersion: item.stateVersion,
        type,
        plannedMonths: monthsOf(plannedMonths),
        reason: why,
      })}
      submitLabel={t('work.measure.start')}
      doneText={t('work.measure.started')}
    >
      <MeasureKind />
      <TextArea path="reason" label={t('work.reason')} />
    </CaseActForm>
  );
};

export const ChangeMeasureForm = ({ item, ...props }: Props) => {
  const { t } = useTranslation();
  const [first] = runningMeasures(item);
  const only = onlyId(item);
  return (
    <CaseActForm
      {...props}
      procedure={client.work.changeMeasure}
      defaults={{
        measureId: only,
        type: only && first ? String(first.type) : '',
        plannedMonths: only && first?.plannedMonths ? String(first.plannedMonths) : '',
        reason: '',
      }}
      schema={changing}
      input={({ measureId, type, plannedMonths, reason: why }) => ({
        id: item.id,
        stateVersion: item.stateVersion,
        measureId,
        type,
        plannedMonths: monthsOf(plannedMonths),
        reason: why,
      })}
      submitLabel={t('work.measure.change')}
      doneText={t('case.acts.done')}
    >
      <WhichMeasure item={item} />
      <MeasureKind />
      <TextArea path="reason" label={t('work.reason')} />
    </CaseActForm>
  );
};

export const EndMeasureForm = ({ item, ...props }: Props) => {
  const { t } = useTranslation();
  return (
    <CaseActForm
      {...props}
      procedure={client.work.endMeasure}
      defaults={{ measureId: onlyId(item), reason: '' }}
      schema={ending}
      input={(values) => ({ id: item.id, stateVersion: item.stateVersion, ...values })}
      submitLabel={t('work.measure.end')}
      doneText={t('case.acts.done')}
    >
      <WhichMeasure item={item} />
      <TextArea path="reason" label={t('work.reason')} />
    </CaseActForm>
  );
};

/** What was done to follow up, what it showed, and when the next one is. */
export const FollowUpForm = ({ item, ...props }: Props) => {
  const { t } = useTranslation();
  return (
    <CaseActForm
      {...props}
      procedure={client.work.followUp}
      defaults={{ measureId: onlyId(item), evidence: '', conclusion: '', nextMonths: '' }}
      schema={following}
      input={({ measureId, evidence, conclusion, nextMonths }) => ({
        id: item.id,
        stateVersion: item.stateVersion,
        measureId,
        evidence: evidence as EvidenceKind,
        conclusion,
        nextMonths: monthsOf(nextMonths),
      })}
      submitLabel={t('work.followUp.submit')}
      doneText={t('case.acts.done')}
    >
      <WhichMeasure item={item} />
      <EvidenceField path="evidence" label={t('work.assess.evidence')} />
      <TextArea path="conclusion" label={t('work.followUp.conclusion')} />
      <TextField
        path="nextMonths"
        label={t('work.followUp.next')}
        hint={t('work.followUp.nextHint')}
        width="short"
        inputMode="numeric"
        optional
      />
    </CaseActForm>
  );
};
