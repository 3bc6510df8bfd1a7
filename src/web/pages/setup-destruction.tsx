import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { AUTHORITIES } from '#domain/destruction.ts';
import { trpc } from '../api.ts';
import { PageTitle } from '../components/page-title.tsx';
import { Failed, Loading } from '../components/problem-alert.tsx';
import { DateField } from '../form/date-field.tsx';
import { RadioField, TextField } from '../form/fields.tsx';
import { ChangeGroup } from '../setup/changes-list.tsx';
import { ProposeForm } from '../setup/propose-form.tsx';
import { dayOf } from '../setup/read.ts';
import { type Change, ShownChange } from '../setup/shown-change.tsx';
import { SetupHead } from '../setup/tabs.tsx';
import { useChangeWords } from '../setup/use-change-words.ts';

const COMMAND = 'npm run bindeled -- export-records --closed-before 2020-01-31 --out FOLDER';
const NEW = { closedBefore: '', authority: '', reference: '', approvedOn: '', covers: '' };

const Propose = () => {
  const { t } = useTranslation();
  const authorities = AUTHORITIES.map((value) => ({ value, label: t(`destruction.authorities.${value}`) }));
  return (
    <section aria-labelledby="propose">
      <h2 id="propose">{t('destruction.heading')}</h2>
      <h3>{t('destruction.first')}</h3>
      <p>{t('destruction.firstLead')}</p>
      <p>
        <code>{COMMAND}</code>
      </p>
      <ProposeForm
        via="destructions"
        defaults={{ note: '', change: NEW }}
        change={({ change }) => ({
          ...change,
          what: 'destruction',
          closedBefore: dayOf(change.closedBefore),
          approvedOn: dayOf(change.approvedOn),
          covers: change.covers.trim(),
        })}
      >
        <DateField
          path="change.closedBefore"
          label={t('destruction.closedBefore')}
          hint={t('destruction.closedBeforeHint')}
        />
        <RadioField path="change.authority" label={t('destruction.authority')} options={authorities} />
        <TextField path="change.reference" label={t('destruction.reference')} hint={t('destruction.referenceHint')} />
        <DateField path="change.approvedOn" label={t('destruction.approvedOn')} />
        <TextField path="change.covers" label={t('destruction.covers')} hint={t('destruction.coversHint')} />
      </ProposeForm>
    </section>
  );
};

/** *Kassation*: what is proposed and was decided, and how it is proposed. */
export const SetupDestructionsPage = () => {
  const { t } = useTranslation();
  const { data, error, isPending, refetch } = useQuery(trpc.destructions.all.queryOptions());
  const open = data?.filter(({ state }) => state === 'proposed') ?? [];
  const decided = data?.filter(({ state }) => state !== 'proposed') ?? [];
  return (
    <>
      <SetupHead part="destruction" />
      {error ? <Failed error={error} retry={refetch} /> : null}
      {isPending ? <Loading /> : null}
      {data ? (
        <>
          <ChangeGroup title={t('destruction.waiting')} none={t('destruction.noneWaiting')} items={open} />
          <Propose />
          <ChangeGroup title={t('destruction.decided')} none={t('destruction.noneDecided')} items={decided} />
        </>
      ) : null}
    </>
  );
};

const DryRun = ({ run }: { readonly run: NonNullable<NonNullable<Change['dryRun']>['destruction']> }) => {
  const { t } = useTranslation();
  const { children, notifications, files, cases } = run;
  return (
    <section aria-labelledby="run">
      <h2 id="run">{t('destruction.run')}</h2>
      <ul>
        <li>{t('destruction.children', { count: children })}</li>
        <li>{t('destruction.cases', { count: cases.length })}</li>
        <li>{t('destruction.notifications', { count: notifications })}</li>
        <li>{t('destruction.files', { count: files })}</li>
      </ul>
      <details>
        <summary>{t('destruction.numbers')}</summary>
        <p>{cases.join(', ')}</p>
      </details>
    </section>
  );
};

const Shown = ({ item, again }: { readonly item: Change; readonly again: () => unknown }) => {
  const { t } = useTranslation();
  const words = useChangeWords();
  const run = item.dryRun?.destruction;
  return (
    <ShownChange
      item={item}
      via="destructions"
      again={again}
      words={words(item.change)}
      told={t('destruction.toldConfirm')}
    >
      {run ? <DryRun run={run} /> : null}
    </ShownChange>
  );
};

/** One destruction: what it is about, and the second person's answer. */
export const SetupDestructionPage = () => {
  const { t } = useTranslation();
  const { changeId } = useParams({ from: '/gate/opsaetning/kassation/$changeId' });
  const change = useQuery(trpc.destructions.change.queryOptions({ id: changeId }));
  return (
    <>
      <PageTitle title={t('setup.change.title')} />
      <p>
        <Link to="/opsaetning/kassation">{t('destruction.all')}</Link>
      </p>
      {change.error ? <Failed error={change.error} retry={change.refetch} /> : null}
      {change.isPending ? <Loading /> : null}
      {change.data ? <Shown item={change.data} again={change.refetch} /> : null}
    </>
  );
};
