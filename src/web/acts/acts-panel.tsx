import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Case } from '../api.ts';
import { AskForm, WithdrawRequestForm } from '../feedback/ask.tsx';
import type { ActForm } from '../searches.ts';
import { AcknowledgeForm } from './acknowledge.tsx';
import { ActLink } from './act-link.tsx';
import { AddMoreForm } from './add-more.tsx';
import { AssessForm } from './assess.tsx';
import { AssignForm } from './assign.tsx';
import { ChangePriorityForm } from './change-priority.tsx';
import { CheckBasisForm } from './check-basis.tsx';
import { CorrectChildForm, UndoLinkForm } from './child.tsx';
import { AnswerExplanationForm, ExplainOverdueForm, PauseClockForm, ResumeClockForm } from './clock-acts.tsx';
import { DeclareConflictForm, LiftConflictForm, NameConflictForm } from './conflict.tsx';
import { DecideForm } from './decide.tsx';
import { CloseForm, ReopenForm } from './ending.tsx';
import { EvidenceForm } from './evidence.tsx';
import { FinishExaminationForm } from './finish-examination.tsx';
import { IdentifyForm } from './identify.tsx';
import { ChangeMeasureForm, EndMeasureForm, FollowUpForm, StartMeasureForm } from './measures.tsx';
import { LinkSiblingForm, MergeForm } from './merge.tsx';
import { groupsOf } from './order.ts';
import { ProposeHandoverForm, RaiseDisputeForm } from './ownership.tsx';
import {
  BeginHearingForm,
  EndHearingForm,
  HoldParentsForm,
  LeaveUntoldForm,
  NoteParentsForm,
  ReleaseParentsForm,
} from './parents.tsx';
import { NameReassessorForm, ReassessForm } from './reassess.tsx';
import { LiftRestrictionForm, RestrictForm } from './restrict.tsx';
import { StayOnForm } from './stay-on.tsx';
import { ClearNotifierForm, SuspectNotifierForm } from './suspect-notifier.tsx';
import type { ActProps } from './use-case-act.ts';

const FORMS = {
  acknowledge: AcknowledgeForm,
  assign: AssignForm,
  'stay-on': StayOnForm,
  'add-evidence': EvidenceForm,
  'identify-child': IdentifyForm,
  assess: AssessForm,
  decide: DecideForm,
  'change-priority': ChangePriorityForm,
  'finish-examination': FinishExaminationForm,
  'start-measure': StartMeasureForm,
  'change-measure': ChangeMeasureForm,
  'end-measure': EndMeasureForm,
  'follow-up': FollowUpForm,
  close: CloseForm,
  reopen: ReopenForm,
  'propose-handover': ProposeHandoverForm,
  'raise-dispute': RaiseDisputeForm,
  'pause-clock': PauseClockForm,
  'resume-clock': ResumeClockForm,
  'explain-overdue': ExplainOverdueForm,
  'answer-explanation': AnswerExplanationForm,
  'complete-reassessment': ReassessForm,
  'name-reassessor': NameReassessorForm,
  'correct-child': CorrectChildForm,
  'merge-children': MergeForm,
  'link-sibling': LinkSiblingForm,
  'undo-link': UndoLinkForm,
  'ask-for-more': AskForm,
  'withdraw-request': WithdrawRequestForm,
  'suspect-notifier': SuspectNotifierForm,
  'clear-notifier': ClearNotifierForm,
  'check-basis': CheckBasisForm,
  'note-parents': NoteParentsForm,
  'leave-parents-untold': LeaveUntoldForm,
  'begin-hearing': BeginHearingForm,
  'end-hearing': EndHearingForm,
  'hold-parents': HoldParentsForm,
  'release-parents': ReleaseParentsForm,
  'declare-conflict': DeclareConflictForm,
  'name-conflict': NameConflictForm,
  'lift-conflict': LiftConflictForm,
  restrict: RestrictForm,
  'lift-restriction': LiftRestrictionForm,
} as const;

type ChosenProps = Omit<ActProps, 'told'> & { readonly act: ActForm; readonly item: Case };

const Chosen = ({ act, item, ...props }: ChosenProps) => {
  const { t } = useTranslation();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const told = t(`case.acts.${act}Told`);
  const Form = act === 'add-to-notification' ? null : FORMS[act];
  return (
    <section className="act-chosen" aria-labelledby="act-chosen">
      <h2 id="act-chosen" tabIndex={-1} ref={heading}>
        {t(`case.acts.${act}`)}
      </h2>
      {Form ? <Form {...props} item={item} told={told} /> : null}
      {!Form && item.notificationId ? (
        <AddMoreForm {...props} told={told} notificationId={item.notificationId} />
      ) : null}
    </section>
  );
};

type Props = Pick<ActProps, 'done' | 'overtaken'> & { readonly item: Case; readonly chosen: ActForm | undefined };

/** What this person may do now, each with who is told what; one at a time is open. */
export const ActsPanel = ({ item, chosen, done, overtaken }: Props) => {
  const { t } = useTranslation();
  const navigate = useNavigate({ from: '/sag/$referralId' });
  const close = () => void navigate({ search: {}, replace: true });
  if (chosen && item.acts.includes(chosen)) {
    const finished = (message: string) => {
      close();
      done(message);
    };
    return <Chosen key={chosen} act={chosen} item={item} done={finished} overtaken={overtaken} cancel={close} />;
  }
  const groups = groupsOf(item.acts);
  return (
    <section className="acts d-print-none" aria-labelledby="acts">
      <h2 id="acts">{t('case.acts.heading')}</h2>
      {groups.length === 0 ? <p className="muted">{t('case.acts.none')}</p> : null}
      {groups.map(({ group, acts }, at) => (
        <div key={group}>
          {groups.length > 1 ? <h3 className="acts-group">{t(`case.acts.groups.${group}`)}</h3> : null}
          <ul className="nobullet-list no-max-width">
            {acts.map((act, index) => (
              <li key={act}>
                <ActLink act={act} referralId={item.id} first={at === 0 && index === 0} />
                <p className="act-told">{t(`case.acts.${act}Told`)}</p>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </section>
  );
};
