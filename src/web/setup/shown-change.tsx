import type { ReactNode } from 'react';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { client, type Outputs } from '../api.ts';
import { Alert } from '../components/alert.tsx';
import { useText, useWhen } from '../components/language.ts';
import { ProblemAlert } from '../components/problem-alert.tsx';
import { ActForm } from '../form/act-form.tsx';
import { TextArea } from '../form/fields.tsx';
import { refusalsBy, useRefusals } from '../form/use-refusals.ts';
import { useAct } from '../use-act.ts';

export type Change = Outputs['setup']['change'];
type Props = {
  readonly item: Change;
  /** Whose procedures answer it: those of its kind. */
  readonly via: 'setup' | 'matrix' | 'units' | 'people' | 'destructions';
  readonly again: () => unknown;
};

const Withdraw = ({ item, via, alone }: Props & { readonly alone: boolean }) => {
  const { t } = useTranslation();
  const act = useAct(client[via].withdraw);
  return (
    <>
      {alone ? null : (
        <Alert tone="info">
          <p>{t('setup.change.own')}</p>
        </Alert>
      )}
      <ProblemAlert problem={act.problem} />
      <button
        type="button"
        className="button button-secondary"
        onClick={() => act.run({ id: item.id, stateVersion: item.stateVersion })}
      >
        {t('setup.change.withdraw')}
      </button>
    </>
  );
};

const Confirm = ({ item, via, again, told }: Props & { readonly told: string }) => {
  const { t } = useTranslation();
  const act = useAct(client[via].confirm, { failed: () => void again() });
  const { dryRun } = item;
  if (!dryRun) return null;
  return (
    <>
      <ProblemAlert problem={act.problem} />
      <p className="told">{told}</p>
      <button
        type="button"
        className="button button-primary"
        onClick={() => act.run({ id: item.id, stateVersion: item.stateVersion, digest: dryRun.digest })}
      >
        {act.pending ? t('common.sending') : t('setup.change.confirm')}
      </button>
    </>
  );
};

const schema = z.object({ reason: z.string().trim().min(1, 'required') });
const Reject = ({ item, via }: Props) => {
  const { t } = useTranslation();
  const refusals = useRefusals();
  const form = useForm({ defaultValues: { reason: '' } });
  const act = useAct(client[via].reject, { failed: ({ fields }) => refusals.refuse(fields) });
  return (
    <details className="setup-reject">
      <summary>{t('setup.change.orReject')}</summary>
      <ActForm
        form={form}
        {...refusals}
        problem={act.problem}
        pending={act.pending}
        submitLabel={t('setup.change.reject')}
        told={t('setup.change.rejectTold')}
        submit={(values) => {
          const found = refusalsBy(schema, values);
          refusals.refuse(found);
          if (found.length === 0) act.run({ id: item.id, stateVersion: item.stateVersion, reason: values.reason });
        }}
      >
        <TextArea path="reason" label={t('setup.change.why')} rows={2} />
      </ActForm>
    </details>
  );
};

const Decided = ({ item }: Pick<Props, 'item'>) => {
  const { t } = useTranslation();
  const when = useWhen();
  return (
    <Alert tone={item.state === 'confirmed' ? 'success' : 'info'}>
      <p>
        {t(`setup.changes.states.${item.state}`)}: {item.decidedBy?.title}
        {item.decidedAt ? `, ${when(item.decidedAt, 'full')}` : null}
      </p>
      {item.decision ? <p>{item.decision}</p> : null}
    </Alert>
  );
};

type ShownProps = Props & {
  /** Whoever proposed it may confirm it, too. */
  readonly alone?: boolean | undefined;
  /** The change as one line. */
  readonly words: string;
  /** What confirming it does. */
  readonly told: string;
  /** The dry run. */
  readonly children: ReactNode;
};

/** A proposed change of any kind: what it says, what it would do, and the second person's answer. */
export const ShownChange = ({ words, told, alone = false, children, ...props }: ShownProps) => {
  const { t } = useTranslation();
  const when = useWhen();
  const text = useText();
  const { item } = props;
  return (
    <>
      <p className="lead">{words}</p>
      <dl className="setup-facts">
        {'source' in item.change ? (
          <div>
            <dt>{t('setup.fields.source')}</dt>
            <dd>{item.change.source}</dd>
          </div>
        ) : null}
        <div>
          <dt>{t('setup.changes.by')}</dt>
          <dd>
            {item.proposedBy.title}, {when(item.proposedAt, 'full')}
          </dd>
        </div>
        <div>
          <dt>{t('setup.propose.note')}</dt>
          <dd>{item.note}</dd>
        </div>
      </dl>
      {item.state === 'proposed' ? null : <Decided item={item} />}
      {item.problem ? (
        <Alert tone="warning" heading={t('setup.change.impossible')}>
          <p>{text(item.problem)}</p>
        </Alert>
      ) : null}
      {children}
      {item.state !== 'proposed' ? null : item.own ? (
        <>
          {alone ? <Confirm {...props} told={told} /> : null}
          <Withdraw {...props} alone={alone} />
        </>
      ) : (
        <>
          <Confirm {...props} told={told} />
          <Reject {...props} />
        </>
      )}
    </>
  );
};
