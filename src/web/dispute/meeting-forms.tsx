import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { instant } from '#domain/time.ts';
import { CaseActForm } from '../acts/case-act-form.tsx';
import { longText, reason } from '../acts/form-schemas.ts';
import { ReasonForm } from '../acts/reason-form.tsx';
import { client } from '../api.ts';
import { useWhen } from '../components/language.ts';
import { DateField } from '../form/date-field.tsx';
import { TextArea, TextField } from '../form/fields.tsx';
import { readAhead } from '../form/moment.ts';
import { useNow } from '../session.tsx';
import type { MatterProps } from './answers.tsx';

/** The first day and hour of a meeting, or others. */
export const CallMeetingForm = ({ matter, ...props }: MatterProps) => {
  const { t } = useTranslation();
  const when = useWhen();
  const now = useNow();
  const { dispute, id, stateVersion } = matter;
  const own = dispute?.meeting?.step === dispute?.step ? dispute?.meeting?.ownEnd : dispute?.stepEndsAt;
  const hint = own && own > now ? t('disputes.meeting.onHint', { when: when(own) }) : t('disputes.meeting.onHintOpen');
  return (
    <CaseActForm
      {...props}
      procedure={client.disputes.callMeeting}
      defaults={{ on: '', time: '', agenda: '' }}
      schema={z.object({ agenda: reason })}
      input={({ agenda, ...moment }) => {
        const read = readAhead(moment, instant(now));
        return 'wire' in read ? { id, stateVersion, agenda, at: read.wire } : { refused: read };
      }}
      submitLabel={t('matter.acts.call-meeting')}
      doneText={t('disputes.meeting.called')}
    >
      <DateField path="on" label={t('disputes.meeting.on')} hint={hint} />
      <TextField path="time" label={t('common.time')} width="short" />
      <TextArea path="agenda" label={t('disputes.meeting.agenda')} hint={t('disputes.meeting.agendaHint')} />
    </CaseActForm>
  );
};

export const CancelMeetingForm = ({ matter, ...props }: MatterProps) => {
  const { t } = useTranslation();
  return (
    <ReasonForm
      {...props}
      item={matter}
      procedure={client.disputes.cancelMeeting}
      label={t('work.reason')}
      submitLabel={t('matter.acts.cancel-meeting')}
    />
  );
};

export const MinutesForm = ({ matter: { id, stateVersion }, ...props }: MatterProps) => {
  const { t } = useTranslation();
  return (
    <CaseActForm
      {...props}
      procedure={client.disputes.recordMinutes}
      defaults={{ minutes: '' }}
      schema={z.object({ minutes: longText })}
      input={({ minutes }) => ({ id, stateVersion, minutes })}
      submitLabel={t('matter.acts.record-minutes')}
      doneText={t('disputes.meeting.written')}
    >
      <TextArea path="minutes" label={t('disputes.meeting.minutes')} rows={8} />
    </CaseActForm>
  );
};
