import { Link, useNavigate } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { DeclareConflictForm } from '../acts/conflict.tsx';
import { RaiseDisputeForm } from '../acts/ownership.tsx';
import type { ActProps } from '../acts/use-case-act.ts';
import type { Matter } from '../api.ts';
import type { MatterForm } from '../searches.ts';
import { AcceptForm, DeclineForm, type MatterProps, WithdrawDisputeForm, WithdrawHandoverForm } from './answers.tsx';
import { ClimbEarlyForm } from './climb-early.tsx';
import { CallMeetingForm, CancelMeetingForm, MinutesForm } from './meeting-forms.tsx';
import { ClaimForm, DecideDisputeForm, ProposeSettlementForm } from './settling.tsx';

/** By a side of the hand-over that is open. */
const RaiseForm = ({ matter, ...props }: MatterProps) => (
  <RaiseDisputeForm
    {...props}
    item={matter}
    sides={matter.handover ? [matter.handover.from, matter.handover.to] : []}
  />
);

const DeclareForm = ({ matter, ...props }: MatterProps) => <DeclareConflictForm {...props} item={matter} />;

/** Agreeing stands with the proposal, dissent with the outcome. */
type Formed = Exclude<MatterForm, 'agree' | 'dissent'>;
const FORMS = {
  'accept-handover': AcceptForm,
  'decline-handover': DeclineForm,
  'raise-dispute': RaiseForm,
  'record-minutes': MinutesForm,
  claim: ClaimForm,
  'propose-settlement': ProposeSettlementForm,
  'decide-dispute': DecideDisputeForm,
  'call-meeting': CallMeetingForm,
  'climb-early': ClimbEarlyForm,
  'cancel-meeting': CancelMeetingForm,
  'withdraw-handover': WithdrawHandoverForm,
  'withdraw-dispute': WithdrawDisputeForm,
  'declare-conflict': DeclareForm,
} as const satisfies Readonly<Record<Formed, (props: MatterProps) => unknown>>;
const ORDER = Object.keys(FORMS) as Formed[];

type Props = Pick<ActProps, 'done' | 'overtaken'> & {
  readonly matter: Matter;
  readonly chosen: MatterForm | undefined;
};

const Chosen = ({ act, ...props }: Omit<MatterProps, 'told'> & { readonly act: Formed }) => {
  const { t } = useTranslation();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const Form = FORMS[act];
  return (
    <section className="act-chosen" aria-labelledby="act-chosen">
      <h2 id="act-chosen" tabIndex={-1} ref={heading}>
        {t(`matter.acts.${act}`)}
      </h2>
      <Form {...props} told={t(`matter.acts.${act}Told`)} />
    </section>
  );
};

/** What this person may do about whose the case is; agreeing stands with the proposal itself. */
export const MatterActs = ({ matter, chosen, done, overtaken }: Props) => {
  const { t } = useTranslation();
  const navigate = useNavigate({ from: '/uenighed/$referralId' });
  const close = () => void navigate({ search: {}, replace: true });
  const offered = ORDER.filter((act) =>
    act === 'declare-conflict' ? matter.mayDeclareConflict : matter.acts.includes(act),
  );
  const act = offered.find((one) => one === chosen);
  if (act) {
    const finished = (message: string) => {
      close();
      done(message);
    };
    return <Chosen key={act} act={act} matter={matter} done={finished} overtaken={overtaken} cancel={close} />;
  }
  return (
    <section className="acts d-print-none" aria-labelledby="acts">
      <h2 id="acts">{t('case.acts.heading')}</h2>
      {offered.length === 0 ? <p className="muted">{t('matter.acts.none')}</p> : null}
      <ul className="nobullet-list no-max-width">
        {offered.map((one, index) => (
          <li key={one}>
            <Link
              from="/uenighed/$referralId"
              search={{ handling: one }}
              replace
              className={`button ${index === 0 && one !== 'declare-conflict' && !matter.acts.includes('agree') ? 'button-primary' : 'button-secondary'}`}
            >
              {t(`matter.acts.${one}`)}
            </Link>
            <p className="act-told">{t(`matter.acts.${one}Told`)}</p>
          </li>
        ))}
      </ul>
    </section>
  );
};
