import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { EVIDENCE_KINDS, type EvidenceKind } from '#domain/evidence.ts';
import { instant } from '#domain/time.ts';
import { type Case, client } from '../api.ts';
import { useText } from '../components/language.ts';
import { DateField } from '../form/date-field.tsx';
import { RadioField, SelectField, TextArea, TextField } from '../form/fields.tsx';
import { momentOf, readMoment } from '../form/moment.ts';
import { useNow } from '../session.tsx';
import { CaseActForm } from './case-act-form.tsx';
import { chosen, reason } from './form-schemas.ts';
import type { ActProps } from './use-case-act.ts';

const schema = z.object({ acute: chosen, evidence: chosen, reason });

/** The 24-hour assessment: what was done, when, what it shows, and whether acute action is needed. */
export const AssessForm = ({ item, ...props }: ActProps & { readonly item: Case }) => {
  const { t } = useTranslation();
  const text = useText();
  const now = instant(useNow());
  return (
    <CaseActForm
      {...props}
      procedure={client.work.assess}
      defaults={{ acute: '', evidence: '', ...momentOf(now), reason: '' }}
      schema={schema}
      input={({ acute, evidence, on, time, reason: why }) => {
        const moment = readMoment({ on, time }, now);
        if (!('wire' in moment)) return { refused: moment };
        return {
          id: item.id,
          stateVersion: item.stateVersion,
          acute: acute === 'yes',
          evidence: evidence as EvidenceKind,
          occurredAt: moment.wire,
          reason: why,
        };
      }}
      submitLabel={t('work.assess.submit')}
      doneText={t('work.assess.done')}
    >
      <RadioField
        path="acute"
        label={t('work.assess.acute')}
        hint={item.acute ? t('work.assess.markedAcute') : t('work.assess.markedNot')}
        options={[
          { value: 'yes', label: t('work.assess.acuteYes') },
          { value: 'no', label: t('work.assess.acuteNo') },
        ]}
      />
      <SelectField
        path="evidence"
        label={t('work.assess.evidence')}
        options={EVIDENCE_KINDS.map((kind) => ({ value: kind.code, label: text(kind) }))}
      />
      <DateField path="on" label={t('work.assess.when')} />
      <TextField path="time" label={t('common.time')} width="short" />
      <TextArea path="reason" label={t('work.assess.reason')} />
    </CaseActForm>
  );
};
