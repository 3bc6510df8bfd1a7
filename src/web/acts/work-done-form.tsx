import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import type { EvidenceKind } from '#domain/evidence.ts';
import { instant } from '#domain/time.ts';
import type { Case } from '../api.ts';
import { DateField } from '../form/date-field.tsx';
import { TextArea, TextField } from '../form/fields.tsx';
import { momentOf, readMoment } from '../form/moment.ts';
import { useNow } from '../session.tsx';
import { CaseActForm } from './case-act-form.tsx';
import { EvidenceField } from './evidence-field.tsx';
import { chosen, reason } from './form-schemas.ts';
import type { ActProps, useCaseAct } from './use-case-act.ts';

type Done = {
  readonly id: string;
  readonly stateVersion: number;
  readonly evidence: EvidenceKind;
  readonly occurredAt: string;
  readonly reason: string;
};
type Props<In, Out> = ActProps & {
  readonly item: Case;
  readonly procedure: Parameters<typeof useCaseAct<In, Out>>[0];
  /** What it ended with, by the name of its field. */
  readonly result: string;
  readonly input: (done: Done, result: string) => In;
  readonly submitLabel: string;
  readonly doneText: string;
  readonly reasonLabel: string;
  /** The field of the result. */
  readonly children: ReactNode;
};

/** Work that was done on the case: what it ended with, what shows it, when it was, and why it ended so. */
export const WorkDoneForm = <In, Out>({ item, result, input, reasonLabel, children, ...props }: Props<In, Out>) => {
  const { t } = useTranslation();
  const now = instant(useNow());
  const { id, stateVersion } = item;
  const blank: Record<string, string> = { [result]: '', evidence: '', ...momentOf(now), reason: '' };
  return (
    <CaseActForm
      {...props}
      defaults={blank}
      schema={z.object({ [result]: chosen, evidence: chosen, reason })}
      input={({ evidence, on = '', time = '', reason: why = '', [result]: ended = '' }) => {
        const moment = readMoment({ on, time }, now);
        if (!('wire' in moment)) return { refused: moment };
        const done = { id, stateVersion, evidence: evidence as EvidenceKind, occurredAt: moment.wire, reason: why };
        return input(done, ended);
      }}
    >
      {children}
      <EvidenceField path="evidence" label={t('work.assess.evidence')} />
      <DateField path="on" label={t('work.assess.when')} />
      <TextField path="time" label={t('common.time')} width="short" />
      <TextArea path="reason" label={reasonLabel} />
    </CaseActForm>
  );
};
