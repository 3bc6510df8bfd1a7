import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { client, type Outputs, trpc } from '../api.ts';
import { Alert } from '../components/alert.tsx';
import { useText, useWhen } from '../components/language.ts';
import { PageTitle } from '../components/page-title.tsx';
import { Failed, Loading, ProblemAlert } from '../components/problem-alert.tsx';
import { ActForm } from '../form/act-form.tsx';
import { TextArea } from '../form/fields.tsx';
import { refusalsBy, useRefusals } from '../form/use-refusals.ts';
import { DryRun } from '../setup/dry-run.tsx';
import { useChangeWords } from '../setup/use-change-words.ts';
import { useAct } from '../use-act.ts';

type Change = Outputs['setup']['change'];
type Props = { readonly item: Change; readonly again: () => unknown };

const Withdraw = ({ item }: Props) => {
  const { t } = useTranslation();
  const act = useAct(client.setup.withdraw);
  return (
    <>
      <Alert tone="info">
        <p>{t('setup.change.own')}</p>
      </Alert>
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

const Confirm = ({ item, again }: Props) => {
  const { t } = useTranslation();
  const act = useAct(client.setup.confirm, { failed: () => void again() });
  const { dryRun } = item;
  if (!dryRun) return null;
  return (
    <>
      <ProblemAlert problem={act.problem} />
      <p className="told">{t('setup.change.told', { count: dryRun.moves.filter(({ moves }) => moves).length })}</p>
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
const Reject = ({ item }: Props) => {
  const { t } = useTranslation();
  const refusals = useRefusals();
  const form = useForm({ defaultValues: { reason: '' } });
  const act = useAct(client.setup.reject, { failed: ({ fields }) => refusals.refuse(fields) });
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

const Decided = ({ item }: { readonly item: Change }) => {
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

const Shown = ({ item, again }: Props) => {
  const { t } = useTranslation();
  const when = useWhen();
  const text = useText();
  const words = useChangeWords();
  return (
    <>
      <p className="lead">{words(item.change)}</p>
      <dl className="setup-facts">
        <div>
          <dt>{t('setup.fields.source')}</dt>
          <dd>{item.change.source}</dd>
        </div>
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
      {item.dryRun ? <DryRun run={item.dryRun} /> : null}
      {item.state !== 'proposed' ? null : item.own ? (
        <Withdraw item={item} again={again} />
      ) : (
        <>
          <Confirm item={item} again={again} />
          <Reject item={item} again={again} />
        </>
      )}
    </>
  );
};

/** One proposed change: what it says, which clocks it moves, and the second person's answer. */
export const SetupChangePage = () => {
  const { t } = useTranslation();
  const { changeId } = useParams({ from: '/gate/opsaetning/aendringer/$changeId' });
  const change = useQuery(trpc.setup.change.queryOptions({ id: changeId }));
  return (
    <>
      <PageTitle title={t('setup.change.title')} />
      <p>
        <Link to="/opsaetning/aendringer">{t('setup.change.back')}</Link>
      </p>
      {change.error ? <Failed error={change.error} retry={change.refetch} /> : null}
      {change.isPending ? <Loading /> : null}
      {change.data ? <Shown item={change.data} again={change.refetch} /> : null}
    </>
  );
};
