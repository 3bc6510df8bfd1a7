import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { EVIDENCE_KINDS, type EvidenceKind } from '#domain/evidence.ts';
import { REASSESSMENTS, type Reassessment } from '#domain/reassessed-measures.ts';
import { instant } from '#domain/time.ts';
import { type Case, client, trpc } from '../api.ts';
import { useText } from '../components/language.ts';
import { Failed, Loading } from '../components/problem-alert.tsx';
import { DateField } from '../form/date-field.tsx';
import { RadioField, SelectField, TextArea, TextField } from '../form/fields.tsx';
import { momentOf, readMoment } from '../form/moment.ts';
import { useNow } from '../session.tsx';
import { CaseActForm } from './case-act-form.tsx';
import { chosen, reason } from './form-schemas.ts';
import type { ActProps } from './use-case-act.ts';

type Props = ActProps & { readonly item: Case };

const reassessing = z.object({ conclusion: chosen, evidence: chosen, reason });
const naming = z.object({ personId: chosen });

/** § 137: what new eyes find. */
export const ReassessForm = ({ item, ...props }: Props) => {
  const { t } = useTranslation();
  const text = useText();
  const now = instant(useNow());
  return (
    <CaseActForm
      {...props}
      procedure={client.children.reassess}
      defaults={{ conclusion: '', evidence: '', ...momentOf(now), reason: '' }}
      schema={reassessing}
      input={({ conclusion, evidence, on, time, reason: why }) => {
        const moment = readMoment({ on, time }, now);
        if (!('wire' in moment)) return { refused: moment };
        return {
          id: item.id,
          stateVersion: item.stateVersion,
          conclusion: conclusion as Reassessment,
          evidence: evidence as EvidenceKind,
          occurredAt: moment.wire,
          reason: why,
        };
      }}
      submitLabel={t('family.reassessment.submit')}
      doneText={t('family.reassessment.done')}
    >
      <RadioField
        path="conclusion"
        label={t('family.reassessment.conclusion')}
        options={REASSESSMENTS.map((one) => ({ value: one.code, label: text(one) }))}
      />
      <SelectField
        path="evidence"
        label={t('family.reassessment.evidence')}
        options={EVIDENCE_KINDS.map((kind) => ({ value: kind.code, label: text(kind) }))}
      />
      <DateField path="on" label={t('work.assess.when')} />
      <TextField path="time" label={t('common.time')} width="short" />
      <TextArea path="reason" label={t('family.reassessment.reason')} />
    </CaseActForm>
  );
};

/** Only those whom the history does not know stand in the list. */
export const NameReassessorForm = ({ item, ...props }: Props) => {
  const { t } = useTranslation();
  const found = useQuery(trpc.children.reassessors.queryOptions({ referralId: item.id }));
  if (found.error) return <Failed error={found.error} retry={found.refetch} />;
  if (!found.data) return <Loading />;
  const { from, people } = found.data;
  if (people.length === 0) return <p>{t('family.reassessment.nobody')}</p>;
  return (
    <CaseActForm
      {...props}
      procedure={client.children.nameReassessor}
      defaults={{ personId: '' }}
      schema={naming}
      input={({ personId }) => ({ id: item.id, stateVersion: item.stateVersion, personId })}
      submitLabel={t('family.reassessment.ask')}
      doneText={t('family.reassessment.asked')}
    >
      {from === 'elsewhere' ? <p>{t('family.reassessment.elsewhere')}</p> : null}
      <RadioField
        path="personId"
        label={t('family.reassessment.whom')}
        hint={t('family.reassessment.whomHint')}
        options={people.map(({ id, title }) => ({ value: id, label: title }))}
      />
    </CaseActForm>
  );
};
