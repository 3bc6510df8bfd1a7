import { useTranslation } from 'react-i18next';
import { clockName } from '#domain/timeline.ts';
import type { Outputs } from '../api.ts';
import { Badge } from '../components/badge.tsx';
import { useText, useWhen } from '../components/language.ts';
import { type Column, ListTable } from '../components/list-table.tsx';

type Run = NonNullable<Outputs['setup']['change']['dryRun']>;
type Move = Run['moves'][number];

/** Every open clock that a change concerns: those that move, then those that stay as they are. */
export const DryRun = ({ run }: { readonly run: Run }) => {
  const { t } = useTranslation();
  const text = useText();
  const when = useWhen();
  const columns: Column<Move>[] = [
    {
      key: 'case',
      header: t('setup.dryRun.case'),
      cell: ({ caseNumber, acute, paused }) => (
        <>
          <strong>{caseNumber}</strong> {acute ? <Badge tone="error">{t('common.acute')}</Badge> : null}
          {paused ? <Badge tone="info">{t('setup.dryRun.paused')}</Badge> : null}
        </>
      ),
    },
    {
      key: 'clock',
      header: t('setup.fields.clock'),
      cell: ({ kind, unitName }) => (
        <>
          {text(clockName(kind))}
          <span className="line muted">{unitName}</span>
        </>
      ),
    },
    {
      key: 'due',
      header: t('setup.dryRun.due'),
      cell: ({ from, to }) => (
        <>
          {when(from, 'full')} <span aria-hidden="true">→</span>
          <span className="line">
            <strong>{when(to, 'full')}</strong>
          </span>
        </>
      ),
    },
  ];
  const moving = run.moves.filter(({ moves }) => moves);
  const staying = run.moves.filter(({ moves }) => !moves);
  return (
    <section aria-labelledby="dry-run">
      <h2 id="dry-run">{t('setup.dryRun.heading')}</h2>
      <p>{t('setup.dryRun.moves', { count: moving.length })}</p>
      {moving.length > 0 ? <ListTable items={moving} columns={columns} caption={t('setup.dryRun.heading')} /> : null}
      {staying.length > 0 ? (
        <>
          <h3>{t('setup.dryRun.stay')}</h3>
          <p>{t('setup.dryRun.stays', { count: staying.length })}</p>
          <ListTable items={staying} columns={columns} caption={t('setup.dryRun.stay')} />
        </>
      ) : null}
    </section>
  );
};
