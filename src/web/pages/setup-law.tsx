import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { spanInWords } from '#domain/deadline-explanation.ts';
import { clockName } from '#domain/timeline.ts';
import { type Outputs, trpc } from '../api.ts';
import { Badge } from '../components/badge.tsx';
import { useDay, useText, useWhen } from '../components/language.ts';
import { type Column, ListTable } from '../components/list-table.tsx';
import { Failed, Loading } from '../components/problem-alert.tsx';
import { LawForms } from '../setup/law-forms.tsx';
import { Sentences } from '../setup/sentence-form.tsx';
import { SetupHead } from '../setup/tabs.tsx';

type Regulations = Outputs['setup']['regulations'];
type Rulebook = Regulations['document']['rulebook'];
type Rule = Rulebook['policies'][number]['clocks']['feedback'];
type Row = Rule & { readonly id: string };

const rowsOf = (rules: Readonly<Record<string, Rule>>): Row[] =>
  Object.entries(rules).map(([id, rule]) => ({ ...rule, id }));

const Rules = ({ rules, caption }: { readonly rules: Readonly<Record<string, Rule>>; readonly caption: string }) => {
  const { t } = useTranslation();
  const text = useText();
  const columns: Column<Row>[] = [
    { key: 'clock', header: t('setup.fields.clock'), cell: ({ id }) => <strong>{text(clockName(id))}</strong> },
    {
      key: 'period',
      header: t('setup.fields.period'),
      cell: ({ period, acute, again, secondary }) => (
        <>
          {text(spanInWords(period))}
          {acute ? <span className="line">{t('setup.law.acute', { period: text(spanInWords(acute)) })}</span> : null}
          {again ? <span className="line">{t('setup.law.again', { period: text(spanInWords(again)) })}</span> : null}
          {secondary ? <span className="line muted">{t('setup.law.secondary')}</span> : null}
        </>
      ),
    },
    {
      key: 'source',
      header: t('setup.fields.source'),
      cell: ({ paragraph, source, status }) => (
        <>
          {paragraph ? <span className="line">{paragraph}</span> : null}
          <span className="line">{source}</span>
          {status === 'recalled' ? (
            <Badge tone="warning">{t('setup.status.recalled')}</Badge>
          ) : (
            <span className="line muted">{t(`setup.status.${status}`)}</span>
          )}
        </>
      ),
    },
  ];
  return <ListTable items={rowsOf(rules)} columns={columns} caption={caption} />;
};

/** `Gælder fra …`, or since ever. */
const useFrom = () => {
  const { t } = useTranslation();
  const day = useDay();
  return (from: string | null) => (from === null ? t('setup.law.always') : t('setup.law.from', { day: day(from) }));
};

const Limits = ({ policy }: { readonly policy: Rulebook['policies'][number] }) => {
  const { t } = useTranslation();
  const { returnCheckOpeningHours, leastOpeningHours, callAfterMinutes, pauseAtMost, limitsSource } = policy;
  const rows = [
    [t('setup.limits.returnCheckOpeningHours'), returnCheckOpeningHours],
    [t('setup.limits.leastOpeningHours'), leastOpeningHours],
    [t('setup.limits.callAfterMinutes'), callAfterMinutes],
    [t('setup.limits.pauseDays'), pauseAtMost.days],
    [t('setup.limits.pauseHours'), pauseAtMost.hours],
  ] as const;
  return (
    <>
      <dl className="setup-facts">
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {limitsSource ? <p className="muted">{t('setup.law.source', { source: limitsSource })}</p> : null}
    </>
  );
};

const partsOf = ({ hourParts, halfPart, earlyPart }: Rulebook['alarms']) => ({
  ...hourParts,
  workdays: halfPart,
  days: earlyPart,
});

const Alarms = ({ rulebook }: { readonly rulebook: Rulebook }) => {
  const { t } = useTranslation();
  const text = useText();
  const from = useFrom();
  const { alarms, alarmChanges } = rulebook;
  const [days, hours] = [text(spanInWords(alarms.chaseDays)), text(spanInWords(alarms.chaseHours))];
  return (
    <>
      <p>{t('setup.alarms.plan', { opensAt: alarms.opensAt, days, hours })}</p>
      <p>{t('setup.alarms.planParts', partsOf(alarms))}</p>
      <ul>
        {alarmChanges.map(({ kind, source, rules, ...change }) => (
          <li key={`${change.from} ${kind} ${source}`}>
            {kind ? text(clockName(kind)) : t('setup.alarms.all')}: {rules.opensAt},{' '}
            {rules.chaseDays ? text(spanInWords(rules.chaseDays)) : ''},{' '}
            {rules.chaseHours ? text(spanInWords(rules.chaseHours)) : ''}. {from(change.from)}.
            {rules.hourParts ? (
              <span className="line">{t('setup.alarms.planParts', partsOf({ ...alarms, ...rules }))}</span>
            ) : null}
            <span className="line muted">{source}</span>
          </li>
        ))}
      </ul>
    </>
  );
};

const Words = ({ feedback }: Pick<Rulebook, 'feedback'>) => {
  const { t } = useTranslation();
  const from = useFrom();
  return (
    <>
      {feedback.toReversed().map(({ id, vocabulary, municipalities, source, status, ...version }) => (
        <div key={id}>
          <p>
            <strong>{from(version.from)}</strong>
          </p>
          <ul>
            {Object.entries(vocabulary).map(([word, told]) => (
              <li key={word}>
                {t(`setup.started.${word as keyof typeof vocabulary}`)}: {told ? t('common.yes') : t('common.no')}
              </li>
            ))}
            <li>
              {t('setup.started.municipalities')}: {municipalities ? t('common.yes') : t('common.no')}
            </li>
          </ul>
          <p className="muted">
            {source} ({t(`setup.status.${status}`)})
          </p>
        </div>
      ))}
    </>
  );
};

const References = ({ law }: { readonly law: Rulebook['laws'][number] }) => {
  const { t } = useTranslation();
  return (
    <details>
      <summary>{t('setup.law.references', { law: law.name })}</summary>
      <dl className="setup-facts">
        {Object.entries(law.references).map(([topic, { paragraph, status, source, ...reference }]) => (
          <div key={topic}>
            <dt>{t(`setup.topics.${topic as keyof typeof law.references}`)}</dt>
            <dd>
              {reference.law} {paragraph}
              <span className="line muted">{[source, t(`setup.status.${status}`)].filter(Boolean).join('. ')}</span>
            </dd>
          </div>
        ))}
      </dl>
    </details>
  );
};

const Reassessed = ({ reassessed }: Pick<Rulebook, 'reassessed'>) => {
  const { t } = useTranslation();
  const from = useFrom();
  return (
    <ul>
      {reassessed.toReversed().map(({ id, paragraphs, source, status, ...version }) => (
        <li key={id}>
          {from(version.from)}: {paragraphs.join(', ')}
          <span className="line muted">
            {source} ({t(`setup.status.${status}`)})
          </span>
        </li>
      ))}
    </ul>
  );
};

const Receipts = ({ receipts }: Pick<Rulebook, 'receipts'>) => {
  const { t } = useTranslation();
  const from = useFrom();
  return (
    <ul>
      {receipts.toReversed().map(({ id, sent, latest: { hverdage, at }, source, ...version }) => (
        <li key={id}>
          {from(version.from)}: {t(`sending.policy.${sent}`)}.{' '}
          {sent === 'at-once' ? null : t('sending.policy.latest', { at, count: hverdage })}
          <span className="line muted">{source}</span>
        </li>
      ))}
    </ul>
  );
};

const Versions = ({ versions }: Pick<Regulations, 'versions'>) => {
  const { t } = useTranslation();
  const when = useWhen();
  const day = useDay();
  return (
    <ul>
      {versions.map(({ version, createdAt, fromOn }) => (
        <li key={version}>
          {t('setup.law.version', { version, when: when(createdAt, 'full') })}
          {fromOn ? ` ${t('setup.law.begins', { day: day(fromOn) })}` : null}
        </li>
      ))}
    </ul>
  );
};

const Law = ({ regulations }: { readonly regulations: Regulations }) => {
  const { t } = useTranslation();
  const from = useFrom();
  const { rulebook } = regulations.document;
  return (
    <>
      <h2>{t('setup.law.policy')}</h2>
      {rulebook.policies.toReversed().map((policy) => (
        <section key={policy.id} aria-label={policy.id}>
          <h3>
            {from(policy.from)} <span className="muted">({policy.id})</span>
          </h3>
          <Rules rules={policy.clocks} caption={policy.id} />
          <Limits policy={policy} />
        </section>
      ))}
      <h2>{t('setup.law.law')}</h2>
      {rulebook.laws.toReversed().map((law) => (
        <section key={law.id} aria-label={law.name}>
          <h3>
            {law.name}: {from(law.from)} <span className="muted">({law.id})</span>
          </h3>
          <Rules rules={law.duties} caption={law.name} />
          <References law={law} />
        </section>
      ))}
      <h2>{t('setup.law.alarms')}</h2>
      <Alarms rulebook={rulebook} />
      <h2>{t('setup.law.words')}</h2>
      <Words feedback={rulebook.feedback} />
      <h2>{t('telling.sentence.heading')}</h2>
      <Sentences rulebook={rulebook} />
      <h2>{t('sending.policy.heading')}</h2>
      <Receipts receipts={rulebook.receipts} />
      <h2>{t('setup.law.reassessed')}</h2>
      <Reassessed reassessed={rulebook.reassessed} />
      <h2>{t('setup.law.versions')}</h2>
      <Versions versions={regulations.versions} />
      <LawForms rulebook={rulebook} />
    </>
  );
};

/** *Lov og frister*: every version with its periods, source and status. */
export const SetupLawPage = () => {
  const regulations = useQuery(trpc.setup.regulations.queryOptions());
  return (
    <>
      <SetupHead part="law" />
      {regulations.error ? <Failed error={regulations.error} retry={regulations.refetch} /> : null}
      {regulations.isPending ? <Loading /> : null}
      {regulations.data ? <Law regulations={regulations.data} /> : null}
    </>
  );
};
