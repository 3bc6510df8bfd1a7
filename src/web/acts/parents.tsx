import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { line } from '#domain/form-fields.ts';
import { PARENT_WAYS, type ParentWay, UNTOLD_REASONS, type UntoldReason } from '#domain/parents-record.ts';
import { instant } from '#domain/time.ts';
import { type Case, client } from '../api.ts';
import { ReleasedFor } from '../case/parents.tsx';
import { useText } from '../components/language.ts';
import { DateField } from '../form/date-field.tsx';
import { RadioField, SelectField, TextArea, TextField } from '../form/fields.tsx';
import { momentOf, readMoment } from '../form/moment.ts';
import { useNow } from '../session.tsx';
import { CaseActForm } from './case-act-form.tsx';
import { chosen, longText, reason } from './form-schemas.ts';
import { ReasonForm } from './reason-form.tsx';
import type { ActProps } from './use-case-act.ts';

type Props = ActProps & { readonly item: Case };
type What = 'told' | 'heard';

const whom = line(300);
const noted = z.object({ what: chosen, how: chosen, whom, text: longText });

/** They were told, or heard: what happened, when, how, and who of them. */
export const NoteParentsForm = ({ item, ...props }: Props) => {
  const { t } = useTranslation();
  const say = useText();
  const now = instant(useNow());
  const { id, stateVersion } = item;
  return (
    <CaseActForm
      {...props}
      procedure={client.parents.note}
      defaults={{ what: '', how: '', ...momentOf(now), whom: '', text: '' }}
      schema={noted}
      input={({ on, time, what, how, ...values }) => {
        const moment = readMoment({ on, time }, now);
        if (!('wire' in moment)) return { refused: moment };
        const coded = { what: what as What, how: how as ParentWay };
        return { id, stateVersion, occurredAt: moment.wire, ...coded, whom: values.whom, text: values.text };
      }}
      submitLabel={t('parents.save')}
      doneText={t('case.acts.done')}
    >
      <ReleasedFor item={item} />
      <RadioField
        path="what"
        label={t('parents.what')}
        hint={t('parents.heardHint')}
        options={(['told', 'heard'] as const).map((value) => ({ value, label: t(`parents.${value}`) }))}
      />
      <TextField path="whom" label={t('parents.whomLabel')} hint={t('parents.whomHint')} />
      <SelectField
        path="how"
        label={t('parents.how')}
        options={PARENT_WAYS.map((way) => ({ value: way.code, label: say(way) }))}
      />
      <DateField path="on" label={t('work.assess.when')} />
      <TextField path="time" label={t('common.time')} width="short" />
      <TextArea path="text" label={t('parents.text')} />
    </CaseActForm>
  );
};

const untold = z.object({ why: chosen, reason });

export const LeaveUntoldForm = ({ item, ...props }: Props) => {
  const { t } = useTranslation();
  const say = useText();
  const { id, stateVersion } = item;
  return (
    <CaseActForm
      {...props}
      procedure={client.parents.leaveUntold}
      defaults={{ why: '', reason: '' }}
      schema={untold}
      input={(values) => ({ id, stateVersion, why: values.why as UntoldReason, reason: values.reason })}
      submitLabel={t('parents.save')}
      doneText={t('case.acts.done')}
    >
      <SelectField
        path="why"
        label={t('parents.why')}
        options={UNTOLD_REASONS.map((one) => ({ value: one.code, label: say(one) }))}
      />
      <TextArea path="reason" label={t('parents.reason')} />
    </CaseActForm>
  );
};

const released = z.object({ whom, reason });

/** Whose release it is stands on the timeline; who of the parents it covers is said with it. */
export const ReleaseParentsForm = ({ item, ...props }: Props) => {
  const { t } = useTranslation();
  const { id, stateVersion } = item;
  return (
    <CaseActForm
      {...props}
      procedure={client.parents.release}
      defaults={{ whom: '', reason: '' }}
      schema={released}
      input={(values) => ({ id, stateVersion, whom: values.whom, reason: values.reason })}
      submitLabel={t('case.acts.release-parents')}
      doneText={t('case.acts.done')}
      warning
    >
      <TextField path="whom" label={t('parents.releaseWhom')} hint={t('parents.releaseWhomHint')} />
      <TextArea path="reason" label={t('parents.releaseReason')} />
    </CaseActForm>
  );
};

type ReasonedProps = Props & {
  readonly procedure: typeof client.parents.hold;
  readonly label: 'parents.about' | 'parents.ended' | 'parents.holdReason';
  readonly act: 'begin-hearing' | 'end-hearing' | 'hold-parents';
};

const Reasoned = ({ label, act, ...props }: ReasonedProps) => {
  const { t } = useTranslation();
  const before = act === 'begin-hearing' ? <ReleasedFor item={props.item} /> : null;
  return <ReasonForm {...props} before={before} label={t(label)} submitLabel={t(`case.acts.${act}`)} />;
};

export const BeginHearingForm = (props: Props) => (
  <Reasoned {...props} procedure={client.parents.beginHearing} label="parents.about" act="begin-hearing" />
);
export const EndHearingForm = (props: Props) => (
  <Reasoned {...props} procedure={client.parents.endHearing} label="parents.ended" act="end-hearing" />
);
export const HoldParentsForm = (props: Props) => (
  <Reasoned {...props} procedure={client.parents.hold} label="parents.holdReason" act="hold-parents" />
);
