import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import type { EvidenceKind } from '#domain/evidence.ts';
import { lines } from '#domain/form-fields.ts';
import { instant } from '#domain/time.ts';
import { type Case, client } from '../api.ts';
import { DateField } from '../form/date-field.tsx';
import { TextArea, TextField } from '../form/fields.tsx';
import { momentOf, readMoment } from '../form/moment.ts';
import { useNow } from '../session.tsx';
import { CaseActForm } from './case-act-form.tsx';
import { EvidenceField } from './evidence-field.tsx';
import type { ActProps } from './use-case-act.ts';

const schema = z.object({ kind: z.string().min(1, 'required'), text: lines(20_000) });

/** What happened and when it happened; when it was written down is the system's own knowledge. */
export const EvidenceForm = ({ item, ...props }: ActProps & { readonly item: Case }) => {
  const { t } = useTranslation();
  const now = instant(useNow());
  return (
    <CaseActForm
      {...props}
      procedure={client.referrals.addEvidence}
      defaults={{ kind: '', ...momentOf(now), text: '' }}
      schema={schema}
      input={({ kind, on, time, text }) => {
        const moment = readMoment({ on, time }, now);
        if (!('wire' in moment)) return { refused: moment };
        return { id: item.id, kind: kind as EvidenceKind, occurredAt: moment.wire, text };
      }}
      submitLabel={t('case.evidence.submit')}
      doneText={t('case.acts.done')}
    >
      <EvidenceField path="kind" label={t('case.evidence.kind')} />
      <DateField path="on" label={t('case.evidence.when')} />
      <TextField path="time" label={t('common.time')} width="short" />
      <TextArea path="text" label={t('case.evidence.text')} />
    </CaseActForm>
  );
};
