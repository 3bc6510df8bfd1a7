import { useTranslation } from 'react-i18next';
import type { Matter } from '../api.ts';
import { Badge } from '../components/badge.tsx';
import { DueWords } from '../components/due-words.tsx';
import { useWhen } from '../components/language.ts';

type Dispute = NonNullable<Matter['dispute']>;
type Role = Dispute['ladder'][number]['agree'][number];

const useRoles = (): ((roles: readonly Role[]) => string) => {
  const { t } = useTranslation();
  return (roles) => roles.map((role) => t(`matter.roles.${role}`)).join(', ');
};

const Step = ({ dispute, step }: { readonly dispute: Dispute; readonly step: Dispute['ladder'][number] }) => {
  const { t } = useTranslation();
  const roles = useRoles();
  const present = step.step === dispute.step;
  return (
    <li aria-current={present ? 'step' : undefined} className={present ? 'ladder-present' : undefined}>
      <strong>{t('matter.ladder.step', { step: step.step })}</strong>{' '}
      {present ? <Badge tone="info">{t('matter.ladder.present')}</Badge> : null}
      {dispute.kind === 'dispute' ? (
        <span className="line">{t('matter.ladder.agree', { roles: roles(step.agree) })}</span>
      ) : null}
      <span className="line">
        {step.decide.length > 0
          ? t('matter.ladder.decide', { roles: roles(step.decide) })
          : t('matter.ladder.noDecide')}
      </span>
    </li>
  );
};

/** Where it stands, until when, and what happens then by itself. */
export const Ladder = ({ dispute }: { readonly dispute: Dispute }) => {
  const { t } = useTranslation();
  const when = useWhen();
  const last = dispute.ladder.at(-1)?.step === dispute.step;
  return (
    <section className="panel" aria-labelledby="ladder">
      <h2 id="ladder">{t('matter.ladder.heading')}</h2>
      <p>
        {t('matter.ladder.ends', { step: dispute.step, when: when(dispute.stepEndsAt, 'full') })}{' '}
        <DueWords at={dispute.stepEndsAt} />
      </p>
      <p>{last ? t('matter.ladder.thenReminders') : t('matter.ladder.thenNext', { step: dispute.step + 1 })}</p>
      <ol className="ladder nobullet-list">
        {dispute.ladder.map((step) => (
          <Step key={step.step} dispute={dispute} step={step} />
        ))}
      </ol>
      <p className="muted">{t('matter.ladder.raised', { when: when(dispute.raisedAt, 'full') })}</p>
    </section>
  );
};
