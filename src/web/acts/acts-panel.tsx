import { Link, useNavigate } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Act, Case } from '../api.ts';
import type { ActForm } from '../searches.ts';
import { AcknowledgeForm } from './acknowledge.tsx';
import { AddMoreForm } from './add-more.tsx';
import { AssignForm } from './assign.tsx';
import { EvidenceForm } from './evidence.tsx';
import { IdentifyForm } from './identify.tsx';
import { StayOnForm } from './stay-on.tsx';
import type { ActProps } from './use-case-act.ts';

const FORMS = {
  acknowledge: AcknowledgeForm,
  assign: AssignForm,
  'stay-on': StayOnForm,
  'add-evidence': EvidenceForm,
  'identify-child': IdentifyForm,
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
  const acts: readonly Act[] = item.acts;
  if (chosen && acts.includes(chosen)) {
    const finished = (message: string) => {
      close();
      done(message);
    };
    return <Chosen key={chosen} act={chosen} item={item} done={finished} overtaken={overtaken} cancel={close} />;
  }
  return (
    <section className="acts d-print-none" aria-labelledby="acts">
      <h2 id="acts">{t('case.acts.heading')}</h2>
      {acts.length === 0 ? <p className="muted">{t('case.acts.none')}</p> : null}
      <ul className="nobullet-list no-max-width">
        {acts.map((act, index) => (
          <li key={act}>
            {act === 'mark-in-error' ? (
              <Link to="/sag/$referralId/fejl" params={{ referralId: item.id }} className="button button-secondary">
                {t(`case.acts.${act}`)}
              </Link>
            ) : (
              <Link
                from="/sag/$referralId"
                search={{ handling: act }}
                replace
                className={`button ${index === 0 ? 'button-primary' : 'button-secondary'}`}
              >
                {t(`case.acts.${act}`)}
              </Link>
            )}
            <p className="act-told">{t(`case.acts.${act}Told`)}</p>
          </li>
        ))}
      </ul>
    </section>
  );
};
